// `preview` writes every kind of message for every channel, and a page that is complete in itself and runs nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { previewCommand, renderSample } from '../../lib/cli/preview-command.ts';
import { previewPage } from '../../lib/cli/preview-page.ts';
import { renderMessage } from '../../lib/cli/rendered-message.ts';
import { SAMPLE_KINDS } from '../../lib/notify/samples/sample-messages.ts';
import { capturedTerminal } from '../fakes/captured-terminal.ts';
import { messageOf } from '../fakes/message-of.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-preview-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('preview', () => {
  it('writes a folder for each kind and one page, and says where', async () => {
    const terminal = capturedTerminal(directory);
    expect(await previewCommand('out', terminal)).toBe(0);
    expect(terminal.printed()).toMatch(/^14 messages for each channel\. Look at .*out\/index\.html$/);
    expect(readdirSync(join(directory, 'out')).sort()).toEqual([...SAMPLE_KINDS, 'index.html'].sort());
    for (const kind of SAMPLE_KINDS) {
      const chats = renderSample(kind).chats.map(({ file }) => file);
      expect(chats).toContain('slack.json');
      const files = [...chats, 'email.txt', 'message.json'].sort();
      expect(readdirSync(join(directory, 'out', kind)).sort()).toEqual(files);
    }
    const mail = readFileSync(join(directory, 'out/first-breach/email.txt'), 'utf8');
    expect(mail).toMatch(
      /^Subject: OpenAI warning: Support chatbot is at 92 % of its \$500 November budget\n\nSupport/,
    );
    const page = readFileSync(join(directory, 'out/index.html'), 'utf8');
    for (const kind of SAMPLE_KINDS) {
      expect(page).toContain(`<a href="#${kind}">`);
      expect(page).toContain(`id="${kind}"`);
    }
  });

  it('says why where it cannot write', async () => {
    writeFileSync(join(directory, 'file'), '');
    const terminal = capturedTerminal(directory);
    expect(await previewCommand('file', terminal)).toBe(1);
    expect(terminal.complained()).toMatch(/^The preview was not written: \S/);
  });
});

describe('the page', () => {
  const pageWith = (name: string) => {
    const contributors = [{ label: `*${name}* \`${name}\``, amount: '60', previous: null }];
    const rendered = renderMessage(messageOf({ budgetName: name, contributors }));
    return previewPage([{ kind: 'first-breach', rendered }]);
  };
  const page = pageWith(`'</pre><img src=x onerror="x()">`);
  const tagsOf = (html: string) => html.match(/<[a-z!/][^>]*>/gi) ?? [];

  it('loads and runs nothing', () => {
    expect(tagsOf(page).join('\n')).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\son\w+=/i);
    expect(page).not.toMatch(/url\(|@import/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('shows markup in names as text', () => {
    expect(tagsOf(page)).toEqual(tagsOf(pageWith('x')));
    expect(page).toContain('&#39;&lt;/pre&gt;&lt;img src=x onerror=&quot;x()&quot;&gt;');
  });

  it('draws what chats would format, and leaves no markup of theirs', () => {
    const html = page.slice(page.indexOf('<div class="slack">'), page.indexOf('<details>'));
    expect(html).toContain('<b>85 %</b> of the limit');
    expect(html).toContain('<code>budget-alerts explain org-monthly</code>');
    expect(html).toContain(
      '<a href="https://platform.openai.com/usage" rel="noreferrer">Usage at OpenAI</a>',
    );
    expect(html).not.toMatch(/\*[A-Z]|&amp;lt;|\|Usage/);
  });
});
