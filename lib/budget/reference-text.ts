// The reference of all that a budget can count and look at, as Markdown, made from the catalogue.
import { CATALOGUE, SPEND_KINDS, type SpendKind } from '../spend/catalogue.ts';
import { measuresOfKind } from '../spend/measure.ts';
import { dimensionsOfKind } from './dimension-of.ts';

const HEAD = `# What a budget can count

Generated from the catalogue by \`npm run reference\`; do not edit it. One section for each kind of spend that OpenAI's admin API
knows: where it is read, what a \`scope\` may name, what \`each\` may split by, and the measures with their units.

- \`measure\` is one of the names below; without it a budget counts \`cost\`.
- Several dimensions of a \`scope\` are ANDed, a list is a group, \`*\` stands for any characters. A value that begins with \`*\` must
  be quoted, since YAML takes it for an alias: \`model: "*-mini"\`. What has no member of a dimension is \`unattributed\`.
- A part that OpenAI did not send (a split of tokens, say) is unknown and not 0: sums are then lower bounds, and the run says so.
- Everything adds up over days, but for levels: a period's value is that of its largest day.
`;

/** As `docs/reference.md`. */
export function referenceText(): string {
  return [HEAD, ...SPEND_KINDS.map(sectionOf)].join('\n');
}

function sectionOf(kind: SpendKind): string {
  const { path, resultObject, grouping } = CATALOGUE[kind];
  const rows = measuresOfKind(kind).map(({ name, unit, definition, isLevel, fields, otherwise }) => {
    const derived =
      otherwise === null ? '' : `; where it is not sent: ${[otherwise.from, ...otherwise.minus].join(' - ')}`;
    const sum = fields.length > 1 ? ` (${fields.join(' + ')})` : '';
    return [`\`${name}\``, unit, `${definition}${sum}${derived}`, isLevel ? 'a level' : 'yes'];
  });
  return [
    `## ${kind}`,
    '',
    `\`GET ${path}\`, results \`${resultObject}\`, read by ${inCode(grouping)} unless a budget needs other dimensions.`,
    '',
    `- \`scope\`: ${inCode(dimensionsOfKind(kind, 'scope'))}`,
    `- \`each\`: ${inCode(dimensionsOfKind(kind, 'each'))}`,
    '',
    ...tableOf([['measure', 'unit', 'definition', 'adds up'], ...rows]),
    '',
  ].join('\n');
}

function inCode(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
