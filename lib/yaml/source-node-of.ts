// Turns the YAML library's nodes into source nodes, and refuses the parts of YAML that budgets have no use for.
import { type Alias, isAlias, isMap, isSeq, type ParsedNode } from 'yaml';
import type { MapNode, ScalarNode, SourceNode } from '../budget/source-node.ts';

export type Converted =
  | { readonly ok: true; readonly node: SourceNode }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** A budgets file nests five deep. */
const MAX_DEPTH = 32;
/**
 * How many nodes all aliases together may stand for. A list of thresholds shared by 2,000 budgets is 40,000; a few lines
 * of lists of aliases of lists of aliases are billions.
 */
const MAX_ALIASED_NODES = 100_000;

const CORE_TAGS = /^tag:yaml\.org,2002:/;

interface Anchored {
  readonly node: SourceNode;
  /** With everything inside, aliases counted as what they stand for. */
  readonly nodeCount: number;
}

interface State {
  readonly lineAt: (offset: number) => number;
  /** By name; `null` while the node is being read, so that it cannot hold itself. */
  readonly anchors: Map<string, Anchored | null>;
  readonly refusals: { line: number; message: string }[];
  nodeCount: number;
  aliasedNodeCount: number;
}

/** An alias becomes the very node that it stands for, with the lines of its anchor. */
export function sourceNodeOf(contents: ParsedNode, lineAt: (offset: number) => number): Converted {
  const state: State = { lineAt, anchors: new Map(), refusals: [], nodeCount: 0, aliasedNodeCount: 0 };
  const node = convert(contents, 0, state);
  const [first] = state.refusals;
  return first === undefined ? { ok: true, node } : { ok: false, ...first };
}

function convert(source: ParsedNode, depth: number, state: State): SourceNode {
  const line = state.lineAt(source.range[0]);
  if (isAlias(source)) return aliased(source.source, line, state);
  if (source.tag !== undefined) {
    return refuse(
      line,
      `The tag ${shown(source.tag)} is not supported: write the plain value, text in quotes.`,
      state,
    );
  }
  if (depth > MAX_DEPTH) {
    return refuse(line, `This is nested more than ${MAX_DEPTH} levels deep: a budget needs five.`, state);
  }
  const { anchor } = source;
  if (anchor === undefined) return content(source, line, depth, state);
  const countBefore = state.nodeCount;
  state.anchors.set(anchor, null);
  const node = content(source, line, depth, state);
  state.anchors.set(anchor, { node, nodeCount: state.nodeCount - countBefore });
  return node;
}

function content(
  source: Exclude<ParsedNode, Alias.Parsed>,
  line: number,
  depth: number,
  state: State,
): SourceNode {
  state.nodeCount += 1;
  if (isSeq<ParsedNode>(source)) {
    const items = source.items.map((item) => convert(item, depth + 1, state));
    return { type: 'list', items, line };
  }
  if (isMap<ParsedNode, ParsedNode | null>(source)) {
    const entries = source.items.map(({ key, value }) => entry(key, value, depth + 1, state));
    return { type: 'map', entries, line };
  }
  return scalar(source.value, source.source, line, state);
}

function entry(
  key: ParsedNode,
  value: ParsedNode | null,
  depth: number,
  state: State,
): MapNode['entries'][number] {
  const keyLine = state.lineAt(key.range[0]);
  const keyNode = convert(key, depth, state);
  const text = keyNode.type === 'scalar' ? keyNode.text : '';
  return { key: text, keyLine, value: value === null ? nothing(keyLine) : convert(value, depth, state) };
}

function scalar(value: unknown, text: string, line: number, state: State): SourceNode {
  const valueType = value === null ? 'null' : typeof value;
  switch (valueType) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { type: 'scalar', valueType, text, line };
    default:
      return refuse(line, 'This kind of value is not supported.', state);
  }
}

function aliased(name: string, line: number, state: State): SourceNode {
  const target = state.anchors.get(name);
  if (target === undefined) {
    const alias = `*${shown(name)}`;
    const message = `The alias ${alias} has no anchor &${shown(name)} above it; text that begins with * must be quoted: "${alias}".`;
    return refuse(line, message, state);
  }
  if (target === null) {
    return refuse(
      line,
      `The alias *${shown(name)} stands inside its own anchor: write the value out.`,
      state,
    );
  }
  state.nodeCount += target.nodeCount;
  state.aliasedNodeCount += target.nodeCount;
  if (state.aliasedNodeCount > MAX_ALIASED_NODES) {
    return refuse(
      line,
      `The aliases of this file stand for more than ${MAX_ALIASED_NODES} values: write them out.`,
      state,
    );
  }
  return target.node;
}

function refuse(line: number, message: string, state: State): ScalarNode {
  state.refusals.push({ line, message });
  return nothing(line);
}

function nothing(line: number): ScalarNode {
  return { type: 'scalar', valueType: 'null', text: '', line };
}

/** Tags and anchors come from the file: short, and nothing that a terminal would act on. */
function shown(name: string): string {
  return name
    .replace(CORE_TAGS, '!!')
    .slice(0, 40)
    .replace(/[^\x21-\x7e]/g, '?');
}
