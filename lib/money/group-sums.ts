// Sums columns of amounts by group: each limb is added as a double, and only the sums become bigints.
import { elementAt } from '../lists/element-at.ts';
import type { Amount } from './amount.ts';
import { type AmountColumn, amountOfLimbs } from './amount-column.ts';

/** `limbs[k][group]` counts 10^8k units of 10^-40. */
export interface GroupSums {
  readonly groups: number;
  readonly limbs: (Float64Array | undefined)[];
}

/** Stands for a row that is in no group. */
export const NO_GROUP = -1;

export function newGroupSums(groups: number): GroupSums {
  return { groups, limbs: [] };
}

/**
 * What is not known counts nothing. `groupOf` has the group of each row, or `NO_GROUP`.
 * @throws RangeError where a row has neither, which is a defect
 */
export function addColumn(
  sums: GroupSums,
  column: AmountColumn,
  groupOf: Int32Array,
  sign: 1 | -1 = 1,
): void {
  for (const [limb, values] of column.limbs.entries()) {
    if (values !== undefined) addLimb(sumsOfLimb(sums, limb), values, groupOf, sign);
  }
}

/** Tens of millions of rows stay exact: see `LIMB_DIGITS`. */
function addLimb(sums: Float64Array, values: Int32Array, groupOf: Int32Array, sign: 1 | -1): void {
  for (let row = 0; row < values.length; row += 1) {
    const group = groupOf[row];
    if (group === NO_GROUP) continue;
    // Not `elementAt`, which sees lists of all sorts and is several times slower here.
    const sum = sums[group ?? sums.length];
    const value = values[row];
    if (group === undefined || sum === undefined || value === undefined)
      throw new RangeError(`row ${row} is in none of ${sums.length} groups`);
    sums[group] = sum + sign * value;
  }
}

export function sumOfGroup({ limbs }: GroupSums, group: number): Amount {
  return amountOfLimbs(limbs.map((ofLimb) => (ofLimb === undefined ? 0 : elementAt(ofLimb, group))));
}

function sumsOfLimb({ groups, limbs }: GroupSums, limb: number): Float64Array {
  while (limbs.length <= limb) limbs.push(undefined);
  const known = limbs[limb];
  if (known !== undefined) return known;
  const made = new Float64Array(groups);
  limbs[limb] = made;
  return made;
}
