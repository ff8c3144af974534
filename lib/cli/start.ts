// `npm start`: the whole program on this machine - on your organization if OPENAI_ADMIN_KEY is set, else on a simulated one.
import { demoCommand } from './demo-command.ts';
import { ownOrganization } from './own-organization.ts';
import { processTerminal } from './terminal.ts';
import { currentTick } from './tick.ts';

const terminal = processTerminal();
const hasKey = (terminal.environment.OPENAI_ADMIN_KEY ?? '').trim() !== '';
process.exitCode = hasKey ? await ownOrganization(currentTick(), terminal) : await demoCommand(terminal);
