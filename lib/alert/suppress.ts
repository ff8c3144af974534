// Holds back what people have silenced, and says why: a suppressed alert is recorded, never just dropped.
import { type Silence, silenceOver } from '../budget/silence.ts';
import type { Instant } from '../time/instant.ts';
import type { Intent } from './plan-alerts.ts';

export interface Suppression {
  readonly intent: Intent;
  readonly silence: Silence;
}

export interface Suppressed {
  readonly kept: readonly Intent[];
  readonly suppressed: readonly Suppression[];
}

export function suppress(
  intents: readonly Intent[],
  silences: readonly Silence[],
  tick: Instant,
): Suppressed {
  const kept: Intent[] = [];
  const suppressed: Suppression[] = [];
  for (const intent of intents) {
    const { budget, member } = intent.observation;
    const silence = silenceOver(silences, budget.id, member, tick);
    if (silence === null) kept.push(intent);
    else suppressed.push({ intent, silence });
  }
  return { kept, suppressed };
}
