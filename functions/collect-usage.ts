// Lambda: reads an organization's daily usage, as far as some budget counts it, every 15 minutes.
import { SPEND_KINDS } from '../lib/spend/catalogue.ts';
import { createCollector } from './collector.ts';

export const handler = createCollector(
  'collect-usage',
  SPEND_KINDS.filter((kind) => kind !== 'costs'),
);
