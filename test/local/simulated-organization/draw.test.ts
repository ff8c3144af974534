// Repeatable chance: the same everywhere, uniform, and without memory between similar names.
import { describe, expect, it } from 'vitest';
import { draw, drawBetween } from '../../../lib/local/simulated-organization/draw.ts';

describe('a draw', () => {
  it('is the same on every machine and in every version', () => {
    // Computed by another implementation of the same two hash functions.
    expect(draw(7, 'day', '2026-10-05')).toBe(0.5191199302207679);
    expect(draw(8, 'day', '2026-10-05')).toBe(0.1884301060345024);
    expect(draw(7, 'hour', 3)).toBe(0.3548150868155062);
  });

  it('keeps the parts of a name apart', () => {
    expect(draw(1, 'ab', 'c')).not.toBe(draw(1, 'a', 'bc'));
    expect(draw(1, 2, 'a')).not.toBe(draw(12, 'a'));
  });

  it('is spread evenly, and does not follow the draw of a neighbouring name', () => {
    const draws = Array.from({ length: 20_000 }, (_, index) => draw(7, 'day', index));
    const tenths = Array.from({ length: 10 }, (_, tenth) =>
      draws.filter((one) => Math.floor(one * 10) === tenth),
    );
    for (const { length } of tenths) expect(Math.abs(length - 2_000)).toBeLessThan(200);
    const products = draws.slice(1).map((one, index) => (one - 0.5) * ((draws[index] ?? 0) - 0.5));
    const covariance = products.reduce((sum, product) => sum + product, 0) / products.length;
    expect(Math.abs(covariance)).toBeLessThan(1 / 12 / 25);
  });

  it('between two bounds stays between them', () => {
    const draws = Array.from({ length: 1_000 }, (_, index) => drawBetween(25, 47, 7, index));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(25);
    expect(Math.min(...draws)).toBeLessThan(26);
    expect(Math.max(...draws)).toBeLessThan(47);
    expect(Math.max(...draws)).toBeGreaterThan(46);
  });
});
