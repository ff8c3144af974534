// What became of an alert, in a few words for people.
import colors from 'picocolors';
import type { LedgerEntry } from '../alert/ledger-entries.ts';
import { plainText } from './plain-text.ts';

export function outcomeText({ state, note, attempts }: LedgerEntry): string {
  switch (state) {
    case 'announced':
      return colors.green('announced');
    case 'superseded':
      return `${colors.green('announced')} with a higher one`;
    case 'suppressed':
      return `${colors.yellow('held back')}: ${plainText(note)}`;
    case 'corrected':
      return colors.cyan('taken back');
    case 'dead':
      return colors.red('given up, never delivered');
    case 'claimed':
      return `${colors.yellow('on its way')}, ${attempts === 1 ? 'first try' : `${attempts} tries`}`;
  }
}
