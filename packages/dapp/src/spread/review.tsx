// What will happen, before anything is signed.
import { alignDecimal, exactAmount, showAmount, type Unit } from '../amounts';
import type { StakingFacts } from '../node/staking';
import { usePage } from '../page';
import { Said } from '../parts/said';
import { texts } from '../texts';
import { daysOf } from '../times';
import { sumPlan, type Plan } from './plan';

const words = texts.spread;

/** Transactions, and what all of them cost. */
export interface Cost {
  count: number;
  fee: bigint;
}

/** Null for nothing. */
export function tellSome(tokens: bigint, unit: Unit): string | null {
  return tokens === 0n ? null : exactAmount(tokens, unit);
}

export function Review(props: { plan: Plan | null; facts: StakingFacts; cost: Cost | null; hint: string }) {
  const { config, wallet } = usePage();
  const { plan, facts, cost } = props;
  const unit = config.denom;
  const days = daysOf(facts.unbondingSeconds);
  const sums = plan === null ? null : sumPlan(plan);
  const isSome = sums !== null && sums.delegated + sums.moved > 0n;
  const unplaced = BigInt(plan?.unplaced ?? 0);
  const summary = sums !== null && isSome ? words.summary(tellSome(sums.delegated, unit), tellSome(sums.moved, unit), sums.gaining) : props.hint;
  const heard = unplaced > 0n ? `${summary} ${words.unplaced(showAmount(unplaced, unit))}` : summary;
  return (
    <section class="card" id="spread-review">
      <h2>{words.review}</h2>
      <Said of={heard} text={heard} />
      {sums !== null && isSome ? (
        // keys: a translated text is no place to insert something before
        <p key="summary">
          <strong>{summary}</strong> {words.yours}
        </p>
      ) : (
        <p key="hint">{props.hint}</p>
      )}
      {unplaced > 0n && <p class="notice">{words.unplaced(showAmount(unplaced, unit))}</p>}
      {plan !== null && isSome && (
        <>
          <p>
            {sums.moved > 0n ? words.movedNote(days) : words.stakedNote(days)} {words.rewards}
          </p>
          <dl>
            <dt>{words.effect}</dt>
            <dd>{words.effectText(alignDecimal(plan.before.effective, 4), alignDecimal(plan.after.effective, 4))}</dd>
            <dt>{words.signatures}</dt>
            <dd id="signatures">{cost === null ? '–' : words.signaturesText(cost.count, wallet.key?.isNanoLedger === true)}</dd>
            <dt>{words.fee}</dt>
            <dd id="spread-fee">
              {cost !== null ? showAmount(cost.fee, unit) : wallet.key === null ? words.feeUnknown : words.feeWaiting}
            </dd>
            <dt>{texts.wallet.signsAs}</dt>
            <dd translate={false}>
              <code>{wallet.key?.bech32Address ?? '–'}</code>
            </dd>
          </dl>
        </>
      )}
    </section>
  );
}
