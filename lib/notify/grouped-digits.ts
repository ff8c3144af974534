// Digits in groups of three, as people read them.

/** `1,234,567` of `1234567`; without sign or fraction. */
export function groupedDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
