// The client of this program doing the same pull and sum. ARGUMENTS: base URL.
import { createUsageSource } from '../../../lib/openai/usage-source.ts';
import { datasetOf, rowMeasures } from '../../../lib/spend/dataset.ts';
import type { RowSink } from '../../../lib/spend/usage-source.ts';
import { instantOfEpochMs, instantOfEpochS, plusMs } from '../../../lib/time/instant.ts';
import { utcDayOf } from '../../../lib/time/utc-day.ts';
import { report } from './report.ts';
import { DAY_S, DAYS, FIRST_DAY_S } from './sizes.ts';

const [baseUrl = '', maxBodyBytes] = process.argv.slice(2);
const dataset = datasetOf('completions');
const position = rowMeasures(dataset).indexOf('input_tokens');
const source = createUsageSource({
  adminKey: async () => 'sk-admin-bench',
  baseUrl,
  minIntervalMs: 0,
  ...(maxBodyBytes !== undefined && { maxBodyBytes: Number(maxBodyBytes) }),
});

/** The sum of a bucket, exact: it is far below 2^53. */
class BucketSum implements RowSink {
  rows = 0;
  inputTokens = 0;
  push({ values }: Parameters<RowSink['push']>[0]): void {
    this.rows += 1;
    this.inputTokens += Number(values[position]);
  }
}

const range = {
  from: utcDayOf(instantOfEpochS(FIRST_DAY_S)),
  until: utcDayOf(instantOfEpochS(FIRST_DAY_S + DAYS * DAY_S)),
};
const deadline = plusMs(instantOfEpochMs(Date.now()), 600_000);
let [rows, inputTokens] = [0, 0];
for await (const page of source.pages(dataset, range, deadline, () => new BucketSum())) {
  for (const bucket of page) {
    rows += bucket.rows.rows;
    inputTokens += bucket.rows.inputTokens;
  }
}
await source.close();
report({ rows, inputTokens });
