import { expect, test } from 'vitest';
import type { Growth, RateChange } from '../../src/account/growth';
import { tellGrowth } from '../../src/screens/growth';

const DAY = 86_400;
const now = 100 * DAY;
const change = (days: number, daysAgo: number, by: string): RateChange => ({ days, since: now - daysAgo * DAY, tokens_per_share: '1', change: by });
const told = (changes: RateChange[]) => {
  const points = [{ time: 0, tokens_per_share: '1' }, { time: now, tokens_per_share: '1.5' }];
  return tellGrowth({ points, whole: change(100, 100, '0.5'), changes, fee: '0.05', height: 1, time: now } as Growth, 'STAKE');
};

test('a change is told over the days that it took, and not over those that were asked for', () => {
  expect(told([change(7, 7.5, '0.01')])).toMatch(/Over the last 7 days: 1 % more\.$/);
  expect(told([change(7, 21, '-0.02')])).toMatch(/Over the last 21 days: 2 % less\.$/);
});

test('one change is told once', () => {
  expect(told([change(7, 31, '0.02'), change(30, 31, '0.02')]).match(/Over/g)).toHaveLength(1);
  expect(told([change(7, 100, '0.5'), change(30, 100, '0.5')])).toMatch(/^On .*: 50 % more\.$/);
});
