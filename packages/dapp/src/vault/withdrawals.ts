// Withdrawals under way, in sums and words.
import { showDay, showTime } from '../times';
import { texts } from '../texts';
import type { WithdrawalInfo } from './types';

const words = texts.position;
const DAY = 86_400;
/** From then on a date has its hour, seconds. */
const NEAR = 2 * DAY;

/** What is on its way, by the present estimate, and what can be claimed. */
export function sumWithdrawals(rows: WithdrawalInfo[]): { waiting: bigint; ready: bigint } {
  const sum = (isReady: boolean) =>
    rows.filter((row) => (row.state === 'claimable') === isReady).reduce((all, row) => all + BigInt(row.tokens), 0n);
  return { waiting: sum(false), ready: sum(true) };
}

/** When a withdrawal pays when nothing comes between, and when in the worst case. */
export interface Payment {
  likely: string;
  latest: string | null;
}

/** With what is left until then. `now` is the chain's time, seconds. */
export function tellPayment(row: WithdrawalInfo, now: number): Payment {
  if (row.state === 'claimable') return { likely: words.now, latest: null };
  if (!row.pays_at) return { likely: '–', latest: null };
  const { earliest, latest } = row.pays_at;
  // what is due is done by whoever ticks next
  if (latest <= now) return { likely: words.due, latest: null };
  const tell = (instant: number) => `${showWhen(instant, now)}, ${words.inDays(Math.ceil((instant - now) / DAY))}`;
  const last = words.latest(tell(latest));
  // an instant that has passed is no date to wait for
  if (earliest <= now) return { likely: words.soon, latest: last };
  return { likely: words.likely(tell(earliest)), latest: earliest === latest ? null : last };
}

/** Far ones by their day: nobody knows the hour yet. */
function showWhen(instant: number, now: number): string {
  return instant - now > NEAR ? showDay(instant) : showTime(instant);
}

/** Whether coins that lie in the vault can pay it, so that nothing has to unbond for it. */
export function isPaidByIdle({ state, pays_at: paysAt }: WithdrawalInfo, unbondingTime: number, now: number): boolean {
  if (!paysAt || (state !== 'open' && state !== 'submitting')) return false;
  // else it is a whole unbonding time away at least; what was read may be some blocks old
  return paysAt.earliest - now < unbondingTime / 2;
}
