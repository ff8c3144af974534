// Whether a budgets file can be used, in one finding; `validate` says everything that is wrong with it.
import { resolve } from 'node:path';
import { shellWord } from '../notify/shell-command.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import { readBudgetsFile } from './read-budgets-file.ts';

const CHECK = 'budgets-file';

export async function budgetsFileFinding(directory: string, file: string): Promise<Finding> {
  const { budgets, problems } = await readBudgetsFile(resolve(directory, file));
  const all = `\`budget-alerts validate ${shellWord(file)}\` says all of it.`;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = [...errors, ...problems];
  if (first === undefined) return fine(CHECK, `${file} is fine: ${counted(budgets?.length ?? 0, 'budget')}.`);
  // Of a file that is not there, or cannot be opened, that is all that there is to say.
  if (first.code === 'budgets-file-unreadable') {
    return finding(CHECK, 'failed', `${file} cannot be read.`, first.message);
  }
  const where = [first.line === null ? '' : `${file}:${first.line}`, first.path].filter(
    (part) => part !== '',
  );
  const said = where.length === 0 ? first.message : `${where.join(' ')}: ${first.message}`;
  if (errors.length === 0 && budgets !== null) {
    return finding(
      CHECK,
      'warning',
      `${file} can be used; ${counted(problems.length, 'warning')}.`,
      `${said} ${all}`,
    );
  }
  return finding(
    CHECK,
    'failed',
    `${file} cannot be used: ${counted(errors.length, 'error')}.`,
    `${said} ${all}`,
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
