// For how many days spend is kept: what a root names, not counting the day that is today.

/** The longest period and its settling; nothing looks further back, so nothing is kept for longer. */
export const MAX_RETENTION_DAYS = 430;

/** A year and its settling of 35 days. */
export const MIN_RETENTION_DAYS = 400;

/** Says what it can be; `null`: it can be that. */
export function retentionFault(days: number): string | null {
  if (Number.isInteger(days) && MIN_RETENTION_DAYS <= days && days <= MAX_RETENTION_DAYS) return null;
  return (
    `Spend cannot be kept for ${days} days. Write whole days from ${MIN_RETENTION_DAYS}, since a year and the 35 days ` +
    `in which OpenAI revises it must be there, to ${MAX_RETENTION_DAYS}, since no budget looks further back.`
  );
}
