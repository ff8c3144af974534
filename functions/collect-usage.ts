// Lambda: reads an organization's daily usage, as far as some budget counts it, every 15 minutes.
import { createCollector } from './collector.ts';

export const handler = createCollector('collect-usage', ['completions']);
