#!/usr/bin/env node
// The budget-alerts command: reads the command line, calls one command, exits with its code.
import { Command, Option } from 'commander';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { SAMPLE_KINDS, type SampleKind } from '../notify/samples/sample-messages.ts';
import {
  WEBHOOK_CHANNEL_NAMES,
  WEBHOOK_CHANNELS,
  type WebhookChannelName,
} from '../notify/webhook-channels.ts';
import type { Instant } from '../time/instant.ts';
import { applyCommand } from './apply-command.ts';
import { checkCommand } from './check-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { explainCommand } from './explain-command.ts';
import { historyCommand } from './history-command.ts';
import { previewCommand } from './preview-command.ts';
import { sendTestCommand } from './send-test-command.ts';
import { silenceCommand } from './silence-command.ts';
import { statusCommand } from './status-command.ts';
import { DEFAULT_STATE_FOLDER } from './target-flags.ts';
import type { TargetOptions } from './target-options.ts';
import { processTerminal } from './terminal.ts';
import { currentTick, tickArgument } from './tick.ts';
import { unsilenceCommand } from './unsilence-command.ts';
import { validateCommand } from './validate-command.ts';

const terminal = processTerminal();

const program = new Command('budget-alerts')
  .description('Budgets for OpenAI spend and tokens: each breach announced once.')
  .showHelpAfterError();

interface TargetFlags {
  readonly state: string;
  readonly stack?: string;
  readonly organization?: string;
  readonly topicArn?: string;
}

/** A command that works on a state folder or on a deployed stack. */
function targetCommand(nameAndArguments: string, description: string): Command {
  return program
    .command(nameAndArguments)
    .description(description)
    .option('--state <dir>', 'work on this state folder', DEFAULT_STATE_FOLDER)
    .option('--stack <name>', 'work on this deployed stack instead; NAME/CONSTRUCT where it has several')
    .option('--organization <id>', 'which organization of the stack');
}

function targetOf({ state, stack, organization, topicArn }: TargetFlags): TargetOptions {
  return {
    state,
    stack: stack ?? null,
    organization: organization ?? null,
    topicArn: topicArn ?? null,
  };
}

/** For commands that go by a time. */
function nowOption(): Option {
  return new Option('--now <iso>', 'act as at this instant (UTC)').argParser(tickArgument);
}

interface CheckFlags extends TargetFlags {
  readonly budgets: string;
  readonly now?: Instant;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

targetCommand('check', 'compare with the budgets and announce what is new (collects first, unless --stack)')
  .option('--budgets <file>', 'the budgets file (YAML or JSON); a stack has its own', 'budgets.yaml')
  .option('--topic-arn <arn>', 'publish to this SNS topic instead of the outbox')
  .addOption(nowOption())
  .option('--json', 'print one JSON document')
  .option('--exit-code', 'exit with 2 when a budget has reached its limit')
  .action(async ({ budgets, now, json = false, exitCode = false, ...target }: CheckFlags) => {
    const options = { ...targetOf(target), budgets, tick: now ?? currentTick(), json, exitCode };
    process.exitCode = await checkCommand(options, terminal);
  });

targetCommand('apply <file>', 'make the declared budgets those of the file, after showing what changes')
  .option('--dry-run', 'only show what would change')
  .option('--prune', 'also remove budgets that the file does not name')
  .action(async (file: string, flags: TargetFlags & { dryRun?: boolean; prune?: boolean }) => {
    const { dryRun = false, prune = false } = flags;
    const options = { ...targetOf(flags), file, tick: currentTick(), dryRun, prune };
    process.exitCode = await applyCommand(options, terminal);
  });

interface SilenceFlags extends TargetFlags {
  readonly member?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly list?: boolean;
  readonly now?: Instant;
}

targetCommand('silence [budget]', 'say nothing about a budget (or, without one, anything) for a while')
  .option('--member <id>', 'only about this project, by its id or name')
  .option('--until <when>', 'an instant, a day (its UTC midnight), or a duration: 2h, 3d, 1w')
  .option('--reason <text>', 'why, for whoever wonders')
  .option('--list', 'only show what is silenced')
  .addOption(nowOption())
  .action(async (budget: string | undefined, flags: SilenceFlags) => {
    const { member = null, until = null, reason = null, list = false, now = currentTick() } = flags;
    const options = { ...targetOf(flags), tick: now, list, budget: budget ?? null, member, until, reason };
    process.exitCode = await silenceCommand(options, terminal);
  });

targetCommand('unsilence [silence-or-budget]', 'end a silence, or all silences of a budget')
  .option('--all', 'end every silence')
  .action(async (what: string | undefined, flags: TargetFlags & { all?: boolean }) => {
    const options = { ...targetOf(flags), tick: currentTick(), what: what ?? null, all: flags.all ?? false };
    process.exitCode = await unsilenceCommand(options, terminal);
  });

interface SeeingFlags extends TargetFlags {
  readonly now?: Instant;
  readonly json?: boolean;
}

/** A command that shows what is stored and changes nothing. */
function seeingCommand(nameAndArguments: string, description: string): Command {
  return targetCommand(nameAndArguments, description)
    .addOption(nowOption())
    .option('--json', 'print one JSON document');
}

function seeingOf({ now = currentTick(), json = false, ...target }: SeeingFlags) {
  return { ...targetOf(target), tick: now, json };
}

seeingCommand(
  'status',
  'show where everything stands: sources, runs, silences, what is held back, budgets',
).action(async (flags: SeeingFlags) => {
  process.exitCode = await statusCommand(seeingOf(flags), terminal);
});

seeingCommand('history', 'show every alert of the last 35 days of periods, and what became of it')
  .option('--budget <id>', 'only of this budget')
  .option('--since <when>', 'all that was said since an instant, a day or a duration ago, 400 days at most')
  .action(async (flags: SeeingFlags & { budget?: string; since?: string }) => {
    const { budget = null, since = null } = flags;
    process.exitCode = await historyCommand({ ...seeingOf(flags), budget, since }, terminal);
  });

seeingCommand(
  'explain <budget>',
  'show how a sum came about, what was said of it, and what would be said next',
)
  .option('--member <id>', 'only this project, by its id or name')
  .action(async (budget: string, flags: SeeingFlags & { member?: string }) => {
    const { member = null } = flags;
    process.exitCode = await explainCommand({ ...seeingOf(flags), budget, member }, terminal);
  });

targetCommand('send-test', 'send a test message through the real channel of a route')
  .option('--topic-arn <arn>', 'publish to this SNS topic')
  .option('--route <name>', 'which route', DEFAULT_ROUTE)
  .addOption(
    new Option('--kind <kind>', 'a sample of this kind, marked as a test').choices(['all', ...SAMPLE_KINDS]),
  )
  .action(async (flags: TargetFlags & { route: string; kind?: SampleKind | 'all' }) => {
    const { route, kind = null } = flags;
    const options = { ...targetOf(flags), tick: currentTick(), route, kind };
    process.exitCode = await sendTestCommand(options, terminal);
  });

const doctor = seeingCommand(
  'doctor',
  'look for what is wrong, here or in a deployed stack, and say how to put it right',
).option('--budgets <file>', 'the budgets file; budgets.yaml, or none with --stack');
for (const channel of WEBHOOK_CHANNEL_NAMES) {
  const holds = `the secret that holds the webhook of ${WEBHOOK_CHANNELS[channel].label}, where the stack does not tell`;
  doctor.option(`--${channel}-secret <name>`, holds);
}
doctor.action(
  async (
    flags: SeeingFlags & { budgets?: string } & { [C in WebhookChannelName as `${C}Secret`]?: string },
  ) => {
    const { budgets = null } = flags;
    const webhookSecrets = Object.fromEntries(
      WEBHOOK_CHANNEL_NAMES.flatMap((channel) => {
        const secretId = flags[`${channel}Secret`];
        return secretId === undefined ? [] : [[channel, secretId]];
      }),
    );
    process.exitCode = await doctorCommand({ ...seeingOf(flags), budgets, webhookSecrets }, terminal);
  },
);

program
  .command('preview')
  .description('write every kind of message as every channel shows it to a folder, with a page to look at')
  .option('--out <dir>', 'the folder', 'budget-alerts-preview')
  .action(async ({ out }: { out: string }) => {
    process.exitCode = await previewCommand(out, terminal);
  });

program
  .command('validate <file>')
  .description('say everything that is wrong with a budgets file')
  .action(async (file: string) => {
    process.exitCode = await validateCommand(file, terminal);
  });

await program.parseAsync();
