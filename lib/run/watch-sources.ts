// What a check has found about each source of spend, and about those that no budget needs any more.
import type { NoticeLatch, Watched } from '../alert/notice.ts';
import { sourceCondition } from '../notify/source-condition.ts';
import type { Settings } from '../spend/settings.ts';
import type { SourceState } from '../spend/source-state.ts';
import type { Instant } from '../time/instant.ts';

const PREFIX = 'source.';

export function watchSources(
  sources: readonly SourceState[],
  notices: readonly NoticeLatch[],
  settings: Settings,
  tick: Instant,
): Watched[] {
  const needed = new Set(sources.map(({ source }) => `${PREFIX}${source}`));
  const watched = sources.flatMap((source): Watched[] => {
    const condition = sourceCondition(source, tick, settings);
    // Failing for minutes is no news, but neither is it the end of what was said before.
    return condition === null && source.failing !== null
      ? []
      : [{ subject: `${PREFIX}${source.source}`, condition }];
  });
  const unneeded = notices
    .filter(({ subject }) => subject.startsWith(PREFIX) && !needed.has(subject))
    .map(({ subject }): Watched => ({ subject, condition: null }));
  return [...watched, ...unneeded];
}
