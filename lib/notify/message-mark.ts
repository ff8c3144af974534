// What tells at a glance how a message is meant: a sign and a word, so that nobody depends on a colour.
import type { Severity } from '../budget/severity.ts';
import type { ReceivedAlert, ReceivedMessage } from './received-message.ts';

interface MessageMark {
  readonly sign: string;
  readonly word: string;
}

const OF_SEVERITY: Readonly<Record<Severity, MessageMark>> = {
  critical: { sign: '🔴', word: 'Critical' },
  warning: { sign: '🟠', word: 'Warning' },
  info: { sign: '🔵', word: 'Info' },
};

/** A message, sent or received. */
interface Marked {
  readonly attributes: Pick<ReceivedMessage['attributes'], 'kind' | 'severity'>;
  readonly alerts: readonly Pick<ReceivedAlert, 'reason'>[];
}

/** By its kind first: a test is a test, however critical it pretends to be. */
export function markOf({ attributes, alerts }: Marked): MessageMark {
  const { kind, severity } = attributes;
  switch (kind) {
    case 'test':
      return { sign: '🧪', word: 'Test' };
    case 'operations':
      return severity === 'info'
        ? { sign: '✅', word: 'Operations' }
        : { sign: OF_SEVERITY[severity].sign, word: 'Operations' };
    case 'heartbeat':
      return { sign: severity === 'info' ? '✅' : OF_SEVERITY[severity].sign, word: 'Sign of life' };
    case 'digest':
      return { sign: '📊', word: 'Digest' };
    default:
      return alerts[0]?.reason === 'correction' ? { sign: '↩️', word: 'Correction' } : OF_SEVERITY[severity];
  }
}

/** `🔴 Critical: Support chatbot is at …`; a title that already begins with the word says it once. */
export function markedTitle({ sign, word }: MessageMark, title: string): string {
  return title.startsWith(`${word}:`) ? `${sign} ${title}` : `${sign} ${word}: ${title}`;
}
