// Percentages for people: cut and never rounded up, so that 100 % means reached.
import { groupedDigits } from './grouped-digits.ts';

/** `10,240 %` of `10240.375` */
export function wholePercent(percent: string): string {
  return `${grouped(percent)} %`;
}

/** `92.3 %`; `92 %` where the tenth is none. */
export function tenthPercent(percent: string): string {
  const tenth = percent.split('.')[1]?.charAt(0) ?? '0';
  return `${grouped(percent)}${tenth === '0' ? '' : `.${tenth}`} %`;
}

function grouped(percent: string): string {
  const [integer = '0'] = percent.split('.');
  return groupedDigits(integer);
}
