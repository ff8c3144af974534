// What `--stack` may name: a stack, by name or ARN, and one of several constructs in it.
import { describe, expect, it } from 'vitest';
import { parseStackAddress } from '../../lib/aws/stack-address.ts';

const ARN = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Mine/1f2e3d4c';

describe('a stack', () => {
  it.each([
    ['Mine', 'Mine', null],
    ['Mine/Budgets', 'Mine', 'Budgets'],
    ['Mine/Research/Budgets', 'Mine', 'Research/Budgets'],
    [ARN, ARN, null],
    [`${ARN}/Research/Budgets`, ARN, 'Research/Budgets'],
  ])('%s is the stack %s, and in it %s', (address, stackName, instance) => {
    expect(parseStackAddress(address)).toEqual({ stackName, instance });
  });
});
