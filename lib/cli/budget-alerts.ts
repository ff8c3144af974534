#!/usr/bin/env node
// The budget-alerts command: reads the command line, calls one command, exits with its code.
import { Command, Option } from 'commander';
import type { Instant } from '../time/instant.ts';
import { checkCommand } from './check-command.ts';
import { processTerminal } from './terminal.ts';
import { currentTick, tickArgument } from './tick.ts';
import { validateCommand } from './validate-command.ts';

const terminal = processTerminal();

const program = new Command('budget-alerts')
  .description('Budgets for OpenAI spend and tokens: each breach announced once.')
  .showHelpAfterError();

interface CheckFlags {
  readonly budgets: string;
  readonly state: string;
  readonly now?: Instant;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

program
  .command('check')
  .description('collect from OpenAI, compare with the budgets, announce what is new')
  .option('--budgets <file>', 'the budgets file (YAML or JSON)', 'budgets.yaml')
  .option('--state <dir>', 'where spend and what was announced are kept', '.budget-alerts')
  .addOption(new Option('--now <iso>', 'act as at this instant (UTC)').argParser(tickArgument))
  .option('--json', 'print one JSON document')
  .option('--exit-code', 'exit with 2 when a budget has reached its limit')
  .action(async ({ budgets, state, now, json = false, exitCode = false }: CheckFlags) => {
    const tick = now ?? currentTick();
    process.exitCode = await checkCommand({ budgets, state, tick, json, exitCode }, terminal);
  });

program
  .command('validate')
  .description('say everything that is wrong with a budgets file')
  .argument('<file>', 'the budgets file (YAML or JSON)')
  .action(async (file: string) => {
    process.exitCode = await validateCommand(file, terminal);
  });

await program.parseAsync();
