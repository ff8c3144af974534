// The message that carries a notice to operations.
import { createHash } from 'node:crypto';
import type { Notice } from '../alert/notice.ts';
import type { Message, TargetFlags } from './message.ts';
import { lookLine, runbookLine } from './notice-lines.ts';
import { shellCommand } from './shell-command.ts';

export interface NoticeContext {
  readonly organization: string;
  readonly run: string;
  readonly flags: TargetFlags;
}

export function noticeMessage(notice: Notice, { organization, run, flags }: NoticeContext): Message {
  const hash = createHash('sha256').update([run, notice.subject, notice.state].join('\n'));
  const doctor = notice.state === null ? null : shellCommand(['doctor'], flags);
  const about = [
    ...(doctor === null ? [] : [lookLine(doctor)]),
    `Organization: ${organization}`,
    runbookLine(notice.code),
  ].join('\n');
  return {
    messageId: hash.digest('hex').slice(0, 20),
    title: notice.title,
    text: `${notice.title}.\n\n${notice.text}\n\n${about}`,
    attributes: {
      kind: 'operations',
      severity: notice.state === null ? 'info' : 'warning',
      organization,
      code: notice.code,
      labels: {},
    },
    alerts: [],
    flags,
    ...(doctor !== null && { doctor }),
  };
}
