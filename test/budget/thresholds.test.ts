// Thresholds come to exact amounts, in order, none twice; what looks like a slip is said and read as written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Threshold } from '../../lib/budget/budget.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { budgetsIn, budgetWith, problemsWith } from './budgets-in.ts';

function shown(thresholds: readonly Threshold[]): string[] {
  return thresholds.map(({ label, amount }) => `${label} = ${formatAmount(amount)}`);
}

/** The thresholds of a budget that is read, with or without warnings, and the warnings. */
function read(...lines: string[]): { thresholds: string[]; warnings: string[] } {
  const yaml = ['budgets:', '  - id: a', '    period: daily', ...lines.map((line) => `    ${line}`)].join(
    '\n',
  );
  const { budgets, problems } = budgetsIn(yaml);
  return {
    thresholds: shown(budgets[0]?.thresholds ?? []),
    warnings: problems.map(
      ({ code, path, message }) => `${code} ${path.slice('budgets[0].'.length)}: ${message}`,
    ),
  };
}

describe('thresholds', () => {
  it.each([
    ['5000', undefined, ['80% = 4000', '100% = 5000']],
    ['0.000000000001', undefined, ['80% = 0.0000000000008', '100% = 0.000000000001']],
    ['0', undefined, ['100% = 0']],
    ['0', '[100%]', ['100% = 0']],
    ['0', '[10]', ['10 = 10']],
    ['5000', '[100%, 50%, 4500]', ['50% = 2500', '4500 = 4500', '100% = 5000']],
    ['5000', '[150%, 6000.50]', ['6000.5 = 6000.5', '150% = 7500']],
    ['5000', '[080.50%, "33.3333%"]', ['33.3333% = 1666.665', '80.5% = 4025']],
    ['3', '[0.0001%, 100000%]', ['0.0001% = 0.000003', '100000% = 3000']],
    ['100', '[80]', ['80 = 80']],
    ['5000', '[100.01]', ['100.01 = 100.01']],
  ])('of a limit of %s given as %s are %j', (limit, list, thresholds) => {
    const lines = [`limit: ${limit}`, ...(list === undefined ? [] : [`thresholds: ${list}`])];
    expect(read(...lines)).toEqual({ thresholds, warnings: [] });
  });

  it('are exact for every limit and percentage', () => {
    const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
    const limit = fc.tuple(fc.bigInt(0n, 10n ** 15n - 1n), digits(12));
    const percent = fc.tuple(fc.bigInt(1n, 99_999n), digits(4));
    fc.assert(
      fc.property(limit, percent, ([dollars, fraction], [whole, part]) => {
        fc.pre(dollars > 0n || /[1-9]/.test(fraction));
        const [threshold] = budgetWith(
          `limit: ${dollars}.${fraction}`,
          `thresholds: [${whole}.${part}%]`,
        ).thresholds;
        // By hand: the digits without their points, multiplied, and the point put back: 12 + 4 + 2 places.
        const product = (BigInt(`${dollars}${fraction}`) * BigInt(`${whole}${part}`))
          .toString()
          .padStart(19, '0');
        const exact = `${product.slice(0, -18)}.${product.slice(-18)}`.replace(/\.?0+$/, '');
        expect(threshold && formatAmount(threshold.amount)).toBe(exact);
      }),
    );
  });

  it('ascend strictly, and every declared amount is there', () => {
    const entry = fc.oneof(
      fc.integer({ min: 1, max: 300 }).map((percent) => ({ text: `${percent}%`, amount: `${percent * 2}` })),
      fc.integer({ min: 101, max: 500 }).map((amount) => ({ text: `${amount}`, amount: `${amount}` })),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), (entries) => {
        const list = entries.map(({ text }) => text).join(', ');
        const { budgets } = budgetsIn(
          `budgets: [{ id: a, period: daily, limit: 200, thresholds: [${list}] }]`,
        );
        const amounts = (budgets[0]?.thresholds ?? []).map(({ amount }) => formatAmount(amount));
        const declared = [...new Set(entries.map(({ amount }) => amount))];
        expect(amounts).toEqual(declared.sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });
});

describe('a warning', () => {
  it.each([
    ['80', '80 is an amount here, not a percentage of the limit 5000; did you mean 80%?'],
    ['100', '100 is an amount here, not a percentage of the limit 5000; did you mean 100%?'],
    ['0.8', '0.8 is an amount here, not a percentage of the limit 5000; did you mean 80%?'],
    ['1', '1 is an amount here, not a percentage of the limit 5000; did you mean 100%?'],
  ])('asks whether a bare %s was meant as a percentage, and takes it as written', (entry, message) => {
    expect(read('limit: 5000', `thresholds: [${entry}]`)).toEqual({
      thresholds: [`${entry} = ${entry}`],
      warnings: [`threshold-absolute thresholds[0]: ${message}`],
    });
  });

  it.each([
    ['[80%, 4000]', '80% and 4000', 'thresholds[1]', '80%'],
    ['[4000, 80%]', '4000 and 80%', 'thresholds[1]', '80%'],
    ['[80%, 80.0%]', '80% and 80%', 'thresholds[1]', '80%'],
    ['[4000, "4000.00"]', '4000 and 4000', 'thresholds[1]', '4000'],
  ])('says that %s holds one amount twice, and the percentage is kept', (list, both, path, kept) => {
    expect(read('limit: 5000', `thresholds: ${list}`)).toEqual({
      thresholds: [`${kept} = 4000`],
      warnings: [
        `threshold-duplicate ${path}: ${both} are the same amount, 4000: ${kept} is kept; remove the other.`,
      ],
    });
  });

  it.each(['[50%, 80%, 10]', '[10, 50%]', '[100%, 100%, 10]'])(
    'says that the percentages of %s are one under a limit of 0',
    (list) => {
      expect(read('limit: 0', `thresholds: ${list}`)).toEqual({
        thresholds: ['100% = 0', '10 = 10'],
        warnings: [
          'threshold-zero-limit thresholds: With a limit of 0 every percentage is 0, so all count as one 100%, ' +
            'which anything above 0 reaches: write 100% alone.',
        ],
      });
    },
  );
});

describe('under a limit of 0 the one percentage that is left', () => {
  it.each([
    ['[{ at: 50%, severity: info }, { at: 100%, severity: critical }]', 'critical'],
    ['[{ at: 50%, severity: info }, { at: 80%, severity: critical }]', 'info'],
  ])('of %s is %s: as 100%% says, else as the first', (list, severity) => {
    const yaml = `budgets: [{ id: a, period: daily, limit: 0, thresholds: ${list} }]`;
    expect(budgetsIn(yaml).budgets[0]?.thresholds).toEqual([{ label: '100%', amount: 0n, severity }]);
  });
});

describe('a threshold', () => {
  it.each([
    ['80 %', 'A threshold cannot be "80 %": write 80%.'],
    ['"80,5%"', 'A threshold cannot be "80,5%": write 80.5%.'],
    ['"+80%"', 'A threshold cannot be "+80%": write 80%.'],
    ['.5%', 'A threshold cannot be ".5%": write 0.5%.'],
    ['0%', 'A threshold cannot be "0%": it must be above 0%.'],
    ['0.0000%', 'A threshold cannot be "0.0000%": it must be above 0%.'],
    ['100000.0001%', 'A threshold cannot be "100000.0001%": it must be at most 100000%.'],
    [
      '80.12345%',
      'A threshold cannot be "80.12345%": write a percentage like 80% or 99.5%, with at most 4 decimals.',
    ],
    ['-5%', 'A threshold cannot be "-5%": write a percentage like 80% or 99.5%, with at most 4 decimals.'],
    ['0', 'A threshold cannot be the number 0: it must be above 0.'],
    ['-1', 'A threshold cannot be the number -1: it cannot be negative.'],
    ['$400', 'A threshold cannot be "$400": write 400, without a currency sign.'],
    ['half', 'A threshold cannot be "half": write it like 80% or 4500, or { at: 80%, severity: critical }.'],
    [
      '~',
      'A threshold is a percentage or an amount, not nothing; write it like 80% or 4500, or { at: 80%, severity: critical }.',
    ],
    [
      '[80%]',
      'A threshold is a percentage or an amount, not a list; write it like 80% or 4500, or { at: 80%, severity: critical }.',
    ],
  ])('cannot be %s', (entry, message) => {
    expect(problemsWith(`thresholds: [90%, ${entry}]`)).toEqual([
      {
        code: message.includes('cannot be') ? 'threshold-invalid' : 'wrong-type',
        path: 'budgets[0].thresholds[1]',
        line: 6,
        message,
        severity: 'error',
      },
    ]);
  });

  it('is checked even if the limit is wrong', () => {
    expect(problemsWith('limit: lots', 'thresholds: [0%, 80]').map(({ code }) => code)).toEqual([
      'limit-invalid',
      'threshold-invalid',
    ]);
  });
});

describe('a list of thresholds', () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}%`).join(', ');

  it('has at most 20', () => {
    expect(budgetWith(`thresholds: [${list(20)}]`).thresholds).toHaveLength(20);
    expect(problemsWith(`thresholds: [${list(21)}]`)).toMatchObject([
      { code: 'thresholds-too-many', message: 'The list has 21 thresholds: use at most 20.' },
    ]);
  });

  it.each(['thresholds: 80%', 'thresholds:', 'thresholds: { warn: 80% }'])(
    'cannot be given as %s',
    (line) => {
      expect(problemsWith(line)).toMatchObject([{ code: 'wrong-type', path: 'budgets[0].thresholds' }]);
    },
  );
});
