// Amounts of the slider: 1, 2, 5, 10, 20, 50 … of the display unit.

/** Ascending, up to `most` base units; at least one. */
export function sliderSteps(most: bigint, decimals: number): bigint[] {
  const one = 10n ** BigInt(decimals);
  const steps: bigint[] = [];
  for (let power = one; power <= most; power *= 10n) {
    steps.push(...[1n, 2n, 5n].map((it) => it * power).filter((it) => it <= most));
  }
  return steps.length === 0 ? [one] : steps;
}
