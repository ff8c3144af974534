// Mutants of the protocol: each breaks one promise, in worlds with the faults that bring it out, and must not get away with it.
import type { Fault } from './faults.ts';
import type { Replacement } from './rewritten-modules.ts';

export type MutantName =
  | 'no lease'
  | 'no version condition'
  | 'mark before send'
  | 'closed period forgotten'
  | 'id without member'
  | 'root swapped first'
  | 'parts named by content hash'
  | 'orphans removed before the swap'
  | 'days replaced in place'
  | 'a refused write believed'
  | 'Publish retried by the SDK'
  | 'a claim while nobody is subscribed';

export interface Mutant {
  /** Its worlds have these kinds of faults and no others, so much more often than usual. */
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** Of its modules; what it changes at a port is in `ALTERATIONS`. */
  readonly rewritten: readonly Replacement[];
}

const TWICE = { 'run twice': 16 } as const;
const DEATHS = { 'dies before an operation': 6, 'dies after an operation': 6 } as const;
const SLOWLY = { 'run late': 4, 'table is slow': 10 } as const;
const MUCH_TO_SAY = { 'limit edited': 20, 'threshold edited': 20, 'day revised up': 5 } as const;

export const MUTANTS: Readonly<Record<MutantName, Mutant>> = {
  'no lease': { faults: { ...TWICE, ...MUCH_TO_SAY, 'publish slow': 8 }, rewritten: [] },
  'no version condition': { faults: { ...TWICE, ...SLOWLY }, rewritten: [] },
  'mark before send': { faults: { ...DEATHS, 'publish refused': 5 }, rewritten: [] },
  'closed period forgotten': { faults: { 'day shown late': 5, 'day revised up': 5 }, rewritten: [] },
  'id without member': {
    faults: {},
    rewritten: [
      {
        file: 'lib/alert/alert-key.ts',
        from: 'encodeURIComponent(member.toWellFormed())',
        to: "member.replace(/.*/s, '-')",
      },
    ],
  },
  'root swapped first': { faults: { ...DEATHS, ...TWICE, ...SLOWLY }, rewritten: [] },
  'parts named by content hash': {
    faults: { ...TWICE, ...DEATHS, 'day answered empty': 8 },
    rewritten: [],
  },
  'orphans removed before the swap': { faults: { ...TWICE, ...SLOWLY, ...DEATHS }, rewritten: [] },
  'days replaced in place': { faults: { ...TWICE, ...SLOWLY, 'table refuses': 20 }, rewritten: [] },
  'a refused write believed': {
    faults: { 'write applied, answer lost and repeated': 10 },
    rewritten: [],
  },
  'Publish retried by the SDK': { faults: { 'publish accepted, answer lost': 6 }, rewritten: [] },
  'a claim while nobody is subscribed': { faults: { 'nobody subscribed': 12 }, rewritten: [] },
};

export const MUTANT_NAMES = Object.keys(MUTANTS) as readonly MutantName[];
