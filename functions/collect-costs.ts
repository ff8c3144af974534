// Lambda: reads an organization's daily costs, hourly.
import { createCollector } from './collector.ts';

export const handler = createCollector('collect-costs', ['costs']);
