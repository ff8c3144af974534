// `npm start` with a key: a budgets file proposed from the last 30 days, which people edit, and a check by it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownOrganization } from '../../lib/cli/own-organization.ts';
import { readBudgetsFile } from '../../lib/cli/read-budgets-file.ts';
import { type CapturedTerminal, capturedTerminal } from '../fakes/captured-terminal.ts';
import {
  costResult,
  daysWindow,
  type ReplayedOpenAi,
  startReplayedOpenAi,
} from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');

let directory: string;
let openai: ReplayedOpenAi;
let terminal: CapturedTerminal;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-own-'));
  openai = await startReplayedOpenAi();
  terminal = capturedTerminal(directory, {
    OPENAI_ADMIN_KEY: 'sk-admin-x',
    OPENAI_BASE_URL: openai.baseUrl,
  });
});
afterEach(async () => {
  await openai[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const file = (): string => join(directory, 'budgets.yaml');

function spent(): void {
  openai.replay(
    'costs',
    daysWindow({
      '2026-10-22': [costResult('proj_a', 300), costResult('proj_b', 20)],
      '2026-11-19': [
        costResult('proj_a', 200),
        costResult('proj_c', 8),
        costResult('proj_d', 4),
        costResult(null, 3),
      ],
      // Before the last 30 days, today among them.
      '2026-10-21': [costResult('proj_d', 5_000)],
    }),
  );
}

// 535 dollars in all, and a quarter: 668.75. Of proj_a 625, of proj_b 25, of proj_c 10; of the others at most 4, and 10 is the least.
const PROPOSED = `# Proposed from the last 30 days: their cost and a quarter. Edit it; \`budget-alerts validate\` checks it.
budgets:
  - id: org-monthly
    name: Whole organization
    limit: 670
    period: monthly
    thresholds: [50%, 80%, 100%]

  - id: project-1
    name: "Chat \\"bot\\""
    scope: { project: "proj_a" }
    limit: 630
    period: monthly

  - id: project-2
    name: "proj_b"
    scope: { project: "proj_b" }
    limit: 25
    period: monthly

  - id: project-3
    name: "proj_c"
    scope: { project: "proj_c" }
    limit: 10
    period: monthly

  - id: every-other-project
    each: project
    except: ["proj_a", "proj_b", "proj_c"]
    limit: 10
    period: monthly
`;

describe('the budgets of one’s own organization', () => {
  it('are proposed where there is no file, and checked', async () => {
    spent();
    const projects = [{ id: 'proj_a', name: 'Chat "bot"' }];
    openai.replay('projects', () => ({
      body: { object: 'list', data: projects, last_id: 'proj_a', has_more: false },
    }));
    expect(await ownOrganization(TICK, terminal)).toBe(0);
    expect(readFileSync(file(), 'utf8')).toBe(PROPOSED);
    expect((await readBudgetsFile(file())).problems).toEqual([]);
    const printed = terminal.printed();
    expect(printed).toContain(`Wrote ${file()}. Look at it, edit it, run this again.`);
    expect(printed).toContain('Chat "bot"');
  });

  it('are named by ids where the key may not read names', async () => {
    spent();
    openai.replay('projects', () => ({
      status: 403,
      body: { error: { message: 'Missing scopes: api.management.read' } },
    }));
    await ownOrganization(TICK, terminal);
    expect(readFileSync(file(), 'utf8')).toContain('name: "proj_a"');
  });

  it('are two for an organization that has spent nothing', async () => {
    await ownOrganization(TICK, terminal);
    const { budgets, problems } = await readBudgetsFile(file());
    expect([problems, budgets?.map(({ id }) => id)]).toEqual([[], ['org-monthly', 'every-other-project']]);
  });

  it('stay as people wrote them', async () => {
    const own = 'budgets: [{ id: mine, limit: 1, period: daily }]\n';
    writeFileSync(file(), own);
    expect(await ownOrganization(TICK, terminal)).toBe(0);
    expect(readFileSync(file(), 'utf8')).toBe(own);
    expect(terminal.printed()).toContain('mine');
  });

  it('are not proposed where OpenAI refuses the key', async () => {
    openai.replay('costs', () => ({
      status: 401,
      body: { error: { message: 'Incorrect API key provided' } },
    }));
    expect(await ownOrganization(TICK, terminal)).toBe(1);
    expect(existsSync(file())).toBe(false);
    expect(terminal.complained()).toContain('401');
  });

  it('need a key', async () => {
    const { OPENAI_BASE_URL } = terminal.environment;
    const without = { ...terminal, environment: { OPENAI_BASE_URL } };
    expect(await ownOrganization(TICK, without)).toBe(1);
    expect(terminal.complained()).toMatch(/^OPENAI_ADMIN_KEY is not set\. .*admin-keys\.$/);
  });
});
