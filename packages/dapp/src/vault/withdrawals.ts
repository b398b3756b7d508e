// Withdrawals under way, in sums and words.
import { showTime } from '../times';
import { texts } from '../texts';
import type { WithdrawalInfo } from './types';

const words = texts.position;

/** What is on its way, by the present estimate, and what can be claimed. */
export function sumWithdrawals(rows: WithdrawalInfo[]): { waiting: bigint; ready: bigint } {
  const sum = (isReady: boolean) =>
    rows.filter((row) => (row.state === 'claimable') === isReady).reduce((all, row) => all + BigInt(row.tokens), 0n);
  return { waiting: sum(false), ready: sum(true) };
}

/** When a withdrawal pays, with what is left until then. `now` is the chain's time, seconds. */
export function tellPayment(row: WithdrawalInfo, now: number): string {
  if (row.state === 'claimable') return words.now;
  if (!row.pays_at) return '–';
  const { earliest, latest } = row.pays_at;
  // what is due is done by whoever ticks next
  if (latest <= now) return words.due;
  // an instant that has passed is no date to wait for
  if (earliest <= now) return `${words.by(showTime(latest))}, ${words.inDays(0, latest - now)}`;
  return `${words.between(showTime(earliest), showTime(latest))}, ${words.inDays(earliest - now, latest - now)}`;
}
