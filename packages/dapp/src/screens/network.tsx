// Who holds the power here, and what a deposit does to it.
import { loadAllocation } from '../modules';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { alignAmount, alignDecimal, alignPercent, showAmount, showDecimal, showPercent } from '../amounts';
import { shortAddress } from '../names';
import { curveCsv, metricsCsv } from '../network/csv';
import { enterDiary } from '../network/diary';
import { computeNetwork, effectiveWhenPlaced, namesOf, readNetwork, type DepositEffect, type Metrics, type NetworkAnswer, type NetworkFacts } from '../network/network';
import { sliderSteps } from '../network/steps';
import { useLoaded } from '../loaded';
import { tell, usePage } from '../page';
import { Loading } from '../parts/loading';
import { MetricsTable } from '../parts/metrics-table';
import { linkOf } from '../parts/operator-parts';
import { Pieces } from '../parts/paragraph';
import { ReadableCurve } from '../parts/readable-curve';
import { SaveCsv } from '../parts/save-csv';
import { NetworkHistory } from './network-history';
import { notes } from '../storage';
import { daysOf, showTime } from '../times';
import { ROUTES } from '../routes';
import { texts } from '../texts';
import type { ConfigResponse } from '../vault/types';

const words = texts.network;
/** Rows shown until all are asked for. */
const FIRST_ROWS = 10;

export function NetworkScreen() {
  const { chain, vault, version, config, wallet } = usePage();
  const facts = useLoaded(async () => {
    const [head, read] = await Promise.all([chain.head(), readNetwork(chain, vault), loadAllocation()]);
    return { head, facts: read };
  }, [chain], version);
  const answer = useMemo(() => facts.data && computeNetwork(facts.data.facts, null), [facts.data]);
  useEffect(() => {
    if (facts.data === null || answer === null) return;
    const { height, time } = facts.data.head;
    enterDiary(config.chainId, config.vault, notes, { height, time, with: answer.with, without: answer.without });
  }, [answer]);
  if (facts.data === null || answer === null) {
    return (
      <>
        <section class="hero">
          <h1>{words.unread.title}</h1>
          <p class="lead">{words.unread.lead}</p>
        </section>
        <Loading of={facts} />
      </>
    );
  }
  const { holders, nakamoto_third: third, nakamoto_two_thirds: twoThirds, effective, top10_share: topTen } = answer.with;
  const summary = words.curveSummary(third, twoThirds, holders, showPercent(topTen));
  const { height, time } = facts.data.head;
  const resting = Array.from(facts.data.facts.delegations.values()).reduce((sum, it) => sum + it, 0n) - BigInt(answer.delegated);
  return (
    <>
      <section class="hero two">
        <h1>{words.title(third)}</h1>
        <div>
          <p class="lead">{words.lead(twoThirds)}</p>
          <p class="actions">
            <a class="button" href="#/deposit" onClick={() => wallet.key || void wallet.connect()}>
              {words.call}
            </a>
            <a class="second" href={ROUTES['how-it-works']}>
              {texts.nav['how-it-works']}
            </a>
          </p>
        </div>
        <InShort config={facts.data.facts.config} />
      </section>
      <section class="two">
        <figure>
          <figcaption>
            <h2>{words.curve}</h2>
          </figcaption>
          <ReadableCurve answer={answer} names={namesOf(facts.data.facts)} summary={summary} />
          <p>{summary}</p>
        </figure>
        <div>
          <MetricsTable
            id="concentration"
            caption={words.numbers}
            columns={[words.columns.with, words.columns.without]}
            states={[answer.with, answer.without]}
          />
          <p>{words.effective(showDecimal(effective, 1), holders)}</p>
          <p>
            {words.vaultPart(showAmount(BigInt(answer.delegated), config.denom))}
            {resting > 0n && ` ${words.vaultRest(showAmount(resting, config.denom))}`}
          </p>
          {answer.by_operator && <p>{words.operators(answer.by_operator.with.nakamoto_third)}</p>}
          <p class="quiet">{texts.asOf(height, showTime(time))}</p>
          <p class="actions">
            <SaveCsv
              what="concentration"
              table={words.numbers}
              height={height}
              of={() => metricsCsv([['with', answer.with], ['without', answer.without]], height, time)}
            />
          </p>
        </div>
      </section>
      <Effect facts={facts.data.facts} answer={answer} height={height} time={time} />
      <ValidatorTable facts={facts.data.facts} answer={answer} height={height} time={time} />
      <NetworkHistory />
      <section>
        <h2>{words.method}</h2>
        <p>{words.methodText}</p>
      </section>
    </>
  );
}

/** What somebody who has never staked asks first. */
function InShort({ config }: { config: ConfigResponse }) {
  const { title, points } = words.inShort;
  return (
    <div class="card" id="in-short">
      <h2>{title}</h2>
      <ul>
        {points(daysOf(config.unbonding_time), showPercent(config.fee.performance_fee_rate)).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </div>
  );
}

function Effect({ facts, answer, height, time }: { facts: NetworkFacts; answer: NetworkAnswer; height: number; time: number }) {
  const unit = usePage().config.denom;
  const steps = useMemo(() => sliderSteps(BigInt(answer.tokens) / 20n, unit.decimals), [answer]);
  const [index, setIndex] = useState(Math.floor(steps.length * 0.6));
  const deposit = steps[Math.min(index, steps.length - 1)] ?? 0n;
  const amount = showAmount(deposit, unit);
  const effect = useMemo(() => {
    try {
      return { answer: computeNetwork(facts, deposit).deposit, placed: effectiveWhenPlaced(facts, answer.with) };
    } catch (error) {
      return { reason: tell(error) };
    }
  }, [facts, answer, deposit]);
  const show = (state: Metrics) => alignDecimal(state.effective, 4);
  const name = effect.answer && (namesOf(facts).get(effect.answer.top_validator) ?? shortAddress(effect.answer.top_validator));
  return (
    <section class="two" id="effect">
      <div>
        <h2>{words.effect.title}</h2>
        <label for="slider">
          {words.effect.slider} <strong>{amount}</strong>
        </label>
        <input
          id="slider"
          type="range"
          min={0}
          max={steps.length - 1}
          value={index}
          aria-valuetext={effect.answer ? words.effect.heard(amount, show(effect.answer.here), show(effect.answer.at_top)) : amount}
          onInput={(event) => setIndex(event.currentTarget.valueAsNumber)}
        />
        {effect.answer && name && (
          <p id="effect-told">
            <Pieces of={words.effect.summary(amount, show(answer.with), show(effect.answer.here), show(effect.answer.at_top), name)} />
          </p>
        )}
        {effect.placed && <p>{words.effect.moving(alignDecimal(effect.placed, 4))}</p>}
        {/* a few units are rounding */}
        {effect.answer && BigInt(effect.answer.unplaced) * 1000n > deposit && (
          <p class="notice">{words.effect.unplaced(showAmount(BigInt(effect.answer.unplaced), unit))}</p>
        )}
      </div>
      {effect.answer ? (
        <EffectTable amount={amount} deposit={deposit} effect={effect.answer} height={height} time={time} />
      ) : (
        <p class="notice">{words.effect.failed(effect.reason ?? '')}</p>
      )}
    </section>
  );
}

function EffectTable(props: { amount: string; deposit: bigint; effect: DepositEffect; height: number; time: number }) {
  const { here, at_top: atTop } = props.effect;
  return (
    <div>
      <MetricsTable
        id="effect-table"
        caption={words.effect.caption(props.amount)}
        columns={[words.columns.here, words.columns.atTop]}
        states={[here, atTop]}
      />
      <p class="actions">
        <SaveCsv
          what={`deposit-of-${props.deposit}`}
          table={words.effect.caption(props.amount)}
          height={props.height}
          of={() => metricsCsv([['here', here], ['at_top', atTop]], props.height, props.time)}
        />
      </p>
    </div>
  );
}

function ValidatorTable(props: { facts: NetworkFacts; answer: NetworkAnswer; height: number; time: number }) {
  const { config } = usePage();
  const unit = config.denom;
  const [isAll, setAll] = useState(false);
  const { curve } = props.answer;
  const names = namesOf(props.facts);
  const columns = words.tableColumns;
  const ranks = curve.flatMap((point, index) => (point.delegated === '0' ? [] : [index]));
  return (
    <section>
      <h2>{words.table(unit.symbol)}</h2>
      <div class="wide" tabIndex={0} role="region" aria-label={words.table(unit.symbol)}>
        <table id="validators">
          <caption class="unseen">{words.table(unit.symbol)}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                {columns.rank}
              </th>
              <th scope="col">{columns.name}</th>
              {[columns.stake, columns.share, columns.sum, columns.vault].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {curve.map((point, index) => (
              <tr key={point.validator} class={rowClass(point.is_in_third, isAll || index < FIRST_ROWS)}>
                <td class="number">{index + 1}</td>
                <th scope="row" translate={false} title={point.validator}>
                  <a href={linkOf(point.validator)}>
                    <bdi>{names.get(point.validator) ?? words.noName}</bdi>
                  </a>
                </th>
                <td class="number">{alignAmount(BigInt(point.tokens), unit.decimals)}</td>
                <td class="number">{alignPercent(point.share)}</td>
                <td class="number">{alignPercent(point.cumulative)}</td>
                <td class="number">{point.delegated === '0' ? '–' : alignAmount(BigInt(point.delegated), unit.decimals)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!isAll && ranks[0] !== undefined && ranks[0] >= FIRST_ROWS && <p>{words.vaultBelow(ranks.length)}</p>}
      <p class="actions">
        {!isAll && curve.length > FIRST_ROWS && (
          <button
            type="button"
            class="second small"
            onClick={() => (setAll(true), document.getElementById('validators')?.parentElement?.focus())}
          >
            {words.showAll(curve.length)}
          </button>
        )}
        <SaveCsv what="validators" table={words.table(config.denom.symbol)} height={props.height} of={() => curveCsv(curve, names, props.height, props.time)} />
      </p>
    </section>
  );
}

/** Paper has all rows. */
function rowClass(isInThird: boolean, isShown: boolean): string {
  return `${isInThird ? 'in-third' : ''} ${isShown ? '' : 'only-print'}`.trim();
}
