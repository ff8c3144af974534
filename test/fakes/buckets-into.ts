// Buckets that a fake source holds ready, handed on as a UsageSource does: row by row into what its caller makes.
import type { RowSink, SourceBucket } from '../../lib/spend/usage-source.ts';

export function bucketsInto<Rows extends RowSink>(
  newRows: () => Rows,
  buckets: readonly SourceBucket[],
): SourceBucket<Rows>[] {
  return buckets.map((bucket) => {
    const rows = newRows();
    for (const row of bucket.rows) rows.push(row);
    return { ...bucket, rows };
  });
}
