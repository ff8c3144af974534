#!/usr/bin/env node
// The budget-alerts command: reads the command line, calls one command, exits with its code.
import { Command, Option } from 'commander';
import type { Instant } from '../time/instant.ts';
import { applyCommand } from './apply-command.ts';
import { checkCommand } from './check-command.ts';
import type { TargetOptions } from './open-target.ts';
import { sendTestCommand } from './send-test-command.ts';
import { processTerminal } from './terminal.ts';
import { currentTick, tickArgument } from './tick.ts';
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
    .option('--state <dir>', 'work on this state folder', '.budget-alerts')
    .option('--stack <name>', 'work on this deployed stack instead')
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

interface CheckFlags extends TargetFlags {
  readonly budgets: string;
  readonly now?: Instant;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

targetCommand('check', 'compare with the budgets and announce what is new (collects first, unless --stack)')
  .option('--budgets <file>', 'the budgets file (YAML or JSON); a stack has its own', 'budgets.yaml')
  .option('--topic-arn <arn>', 'publish to this SNS topic instead of the outbox')
  .addOption(new Option('--now <iso>', 'act as at this instant (UTC)').argParser(tickArgument))
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

targetCommand('send-test', 'send one test message through the real channel')
  .option('--topic-arn <arn>', 'publish to this SNS topic')
  .action(async (flags: TargetFlags) => {
    process.exitCode = await sendTestCommand({ ...targetOf(flags), tick: currentTick() }, terminal);
  });

program
  .command('validate <file>')
  .description('say everything that is wrong with a budgets file')
  .action(async (file: string) => {
    process.exitCode = await validateCommand(file, terminal);
  });

await program.parseAsync();
