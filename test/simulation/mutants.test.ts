// Each promise of the protocol, broken on purpose: the simulation sees it, in worlds in which the program itself is right.
import { describe, expect, it } from 'vitest';
import { ALTERATIONS } from './alterations.ts';
import { MUTANT_NAMES, MUTANTS, type MutantName } from './mutants.ts';
import { playSeeds } from './players.ts';

const DAYS = 5;
const MOST_SEEDS = 20;
const SEEDS = Array.from({ length: MOST_SEEDS }, (_, position) => position + 1);

/** What each of them does to people, or to what is stored, first. */
const CAUGHT_BY: Readonly<Record<MutantName, readonly string[]>> = {
  'no lease': ['nobody says what another run is saying', 'nothing recorded is said again'],
  'no version condition': [
    'nothing recorded is said again',
    'nobody says what another run is saying',
    'totals are exact',
    'nothing recorded is forgotten',
    'nothing is recorded twice',
  ],
  'mark before send': ['no breach stays unannounced'],
  'closed period forgotten': ['totals are exact', 'no breach stays unannounced'],
  'id without member': ['one id is of one alert'],
  'root swapped first': ['stored state stays whole', 'totals are exact', 'a healthy run succeeds'],
  'parts named by content hash': ['stored state stays whole'],
  'orphans removed before the swap': ['stored state stays whole'],
  'days replaced in place': ['totals are exact', 'an alert says what was read'],
  'a refused write believed': ['a run is overtaken only by another', 'a run loses its claim only to another'],
  'Publish retried by the SDK': ['a run says a thing once'],
  'a claim while nobody is subscribed': ['no breach stays unannounced'],
};

describe('a mutant of the protocol', { timeout: 120_000 }, () => {
  it.concurrent.each(MUTANT_NAMES)('is caught: %s', async (name) => {
    const options = { days: DAYS, worldsOf: name, remembers: true, shrinkingReplays: 0 };
    const seen = await playSeeds(SEEDS, 1, { ...options, mutant: name }, ({ played: { violation } }) => {
      return violation !== null;
    });
    const caught = seen.find(({ played: { violation } }) => violation !== null);
    expect(CAUGHT_BY[name]).toContain(caught?.played.violation?.invariant);

    const itself = await playSeeds([caught?.seed ?? 1], 1, { ...options, mutant: null });
    expect(itself.map(({ played: { violation } }) => violation)).toEqual([null]);
  });

  it.each(MUTANT_NAMES)('changes either a port or a module: %s', (name) => {
    expect([ALTERATIONS[name] !== undefined, MUTANTS[name].rewritten.length > 0].filter(Boolean)).toEqual([
      true,
    ]);
  });
});
