// `budget-alerts preview`: every kind of message as every channel shows it, in a folder, with a page to look at.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { SAMPLE_KINDS, type SampleKind, sampleMessage } from '../notify/samples/sample-messages.ts';
import { previewPage } from './preview-page.ts';
import { type RenderedMessage, renderMessage } from './rendered-message.ts';
import type { Terminal } from './terminal.ts';

/** Messages name the commands for the stack that sent them. */
const FLAGS = ['--stack', 'OpenAiBudgetAlerts'];

/** 0: the folder is written; 1: it cannot be. */
export async function previewCommand(out: string, terminal: Terminal): Promise<number> {
  const folder = resolve(terminal.directory, out);
  const samples = SAMPLE_KINDS.map((kind) => ({ kind, rendered: renderSample(kind) }));
  try {
    for (const { kind, rendered } of samples) await writeSample(join(folder, kind), rendered);
    await writeFile(join(folder, 'index.html'), previewPage(samples));
  } catch (error) {
    terminal.error(`The preview was not written: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  terminal.out(`${samples.length} messages for each channel. Look at ${join(folder, 'index.html')}`);
  return 0;
}

/** Always the same texts, so that two previews can be compared. */
export function renderSample(kind: SampleKind): RenderedMessage {
  return renderMessage(sampleMessage(kind, { run: 'preview', route: DEFAULT_ROUTE, flags: FLAGS }));
}

async function writeSample(folder: string, rendered: RenderedMessage): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: [string, string][] = [
    ['email.txt', `Subject: ${rendered.subject}\n\n${rendered.email}\n`],
    ...rendered.chats.map(({ file, payload }): [string, string] => [file, pretty(payload)]),
    ['message.json', pretty(JSON.parse(rendered.json))],
  ];
  for (const [name, content] of files) await writeFile(join(folder, name), content);
}

function pretty(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
