// What the account has: coins, stake, and what is on its way back.
import { showAmount } from '../amounts';
import type { StakingFacts } from '../node/staking';
import { usePage } from '../page';
import { texts } from '../texts';
import { showTime } from '../times';
import { shortAddress } from '../names';
import type { Labels } from './tables';

const words = texts.spread;

export function Figures({ facts, staked, labels }: { facts: StakingFacts; staked: bigint; labels: Labels }) {
  const unit = usePage().config.denom;
  const vesting = facts.balance - facts.spendable;
  const back = facts.unbonding.reduce((sum, it) => sum + it.tokens, 0n);
  const all: [string, string, bigint][] = [
    ['coins', words.figures.coins, facts.spendable],
    ['vesting', words.figures.vesting, vesting],
    ['staked', words.figures.staked, staked],
    ['back', words.figures.back, back],
  ];
  // who has none of these needs no word of them
  const shown = all.filter(([id, , tokens]) => tokens > 0n || id === 'coins' || id === 'staked');
  return (
    <section class="figures">
      <dl>
        {shown.map(([id, name, tokens]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd id={id}>{showAmount(tokens, unit)}</dd>
          </div>
        ))}
      </dl>
      {facts.unbonding.length > 0 && (
        <ul id="unbonding">
          {facts.unbonding.map((it, index) => (
            <li key={index}>
              {words.backRow(
                showAmount(it.tokens, unit),
                labels.known.get(it.validator)?.name ?? shortAddress(it.validator),
                showTime(it.completionTime),
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
