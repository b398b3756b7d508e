// Who holds the power here, and what a deposit does to it.
import { useMemo, useState } from 'preact/hooks';
import { showAmount, showDecimal, showPercent } from '../amounts';
import { shortAddress } from '../names';
import { curveCsv, saveText } from '../network/csv';
import { computeNetwork, loadModule, namesOf, readNetwork, type NetworkAnswer, type NetworkFacts } from '../network/network';
import { sliderSteps } from '../network/steps';
import { tell, useLoaded, usePage } from '../page';
import { Curve } from '../parts/curve';
import { Loading } from '../parts/loading';
import { MetricsTable } from '../parts/metrics-table';
import { linkOf } from '../parts/operator-parts';
import { showTime } from '../times';
import { texts } from '../texts';

const words = texts.network;
/** Rows shown until all are asked for. */
const FIRST_ROWS = 10;

export function NetworkScreen() {
  const { chain, vault, version, config, wallet } = usePage();
  const facts = useLoaded(async () => {
    const [head, read] = await Promise.all([chain.head(), readNetwork(chain, vault), loadModule()]);
    return { head, facts: read };
  }, [chain, version]);
  const answer = useMemo(() => facts.data && computeNetwork(facts.data.facts, null), [facts.data]);
  if (facts.data === null || answer === null) return <Loading of={facts} />;
  const { holders, nakamoto_third: third, nakamoto_two_thirds: twoThirds, effective, top10_share: topTen } = answer.with;
  const summary = words.curveSummary(third, twoThirds, holders, showPercent(topTen));
  const { height, time } = facts.data.head;
  return (
    <>
      <section class="hero">
        <h1>{words.title(third)}</h1>
        <p class="lead">{words.lead(twoThirds)}</p>
        <a class="button" href="#/deposit" onClick={() => wallet.key || void wallet.connect()}>
          {words.call}
        </a>
      </section>
      <section class="two">
        <figure>
          <figcaption>
            <h2>{words.curve}</h2>
          </figcaption>
          <Curve points={answer.curve} metrics={answer.with} summary={summary} />
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
          <p>{words.vaultPart(showAmount(BigInt(answer.delegated), config.denom))}</p>
          {answer.by_operator && <p>{words.operators(answer.by_operator.with.nakamoto_third)}</p>}
          <p class="quiet">{texts.asOf(height, showTime(time))}</p>
        </div>
      </section>
      <Effect facts={facts.data.facts} answer={answer} />
      <ValidatorTable facts={facts.data.facts} answer={answer} height={height} time={time} />
      <section>
        <h2>{words.method}</h2>
        <p>{words.methodText}</p>
      </section>
    </>
  );
}

function Effect({ facts, answer }: { facts: NetworkFacts; answer: NetworkAnswer }) {
  const unit = usePage().config.denom;
  const steps = useMemo(() => sliderSteps(BigInt(answer.tokens) / 20n, unit.decimals), [answer]);
  const [index, setIndex] = useState(Math.floor(steps.length * 0.6));
  const deposit = steps[Math.min(index, steps.length - 1)] ?? 0n;
  const amount = showAmount(deposit, unit);
  const effect = useMemo(() => {
    try {
      return { answer: computeNetwork(facts, deposit).deposit };
    } catch (error) {
      return { reason: tell(error) };
    }
  }, [facts, deposit]);
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
          aria-valuetext={amount}
          onInput={(event) => setIndex(event.currentTarget.valueAsNumber)}
        />
        {effect.answer && name && (
          <p role="status">
            {words.effect.summary(amount, showDecimal(effect.answer.here.effective, 4), showDecimal(effect.answer.at_top.effective, 4), name)}
          </p>
        )}
        {/* a few units are rounding */}
        {effect.answer && BigInt(effect.answer.unplaced) * 1000n > deposit && (
          <p class="notice">{words.effect.unplaced(showAmount(BigInt(effect.answer.unplaced), unit))}</p>
        )}
      </div>
      {effect.answer ? (
        <MetricsTable
          id="effect-table"
          caption={words.effect.caption(amount)}
          columns={[words.columns.here, words.columns.atTop]}
          states={[effect.answer.here, effect.answer.at_top]}
        />
      ) : (
        <p class="notice">{words.effect.failed(effect.reason ?? '')}</p>
      )}
    </section>
  );
}

function ValidatorTable(props: { facts: NetworkFacts; answer: NetworkAnswer; height: number; time: number }) {
  const { config } = usePage();
  const unit = config.denom;
  const [isAll, setAll] = useState(false);
  const { curve } = props.answer;
  const names = namesOf(props.facts);
  const columns = words.tableColumns;
  return (
    <section>
      <div class="wide" tabIndex={0} role="region" aria-label={words.table}>
        <table id="validators">
          <caption>{words.table}</caption>
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
            {curve.slice(0, isAll ? curve.length : FIRST_ROWS).map((point, index) => (
              <tr key={point.validator} class={point.is_in_third ? 'in-third' : undefined}>
                <td class="number">{index + 1}</td>
                <th scope="row" translate={false} title={point.validator}>
                  <a href={linkOf(point.validator)}>
                    <bdi>{names.get(point.validator) ?? words.noName}</bdi>
                  </a>
                </th>
                <td class="number">{showAmount(BigInt(point.tokens), unit)}</td>
                <td class="number">{showPercent(point.share)}</td>
                <td class="number">{showPercent(point.cumulative)}</td>
                <td class="number">{point.delegated === '0' ? '–' : showAmount(BigInt(point.delegated), unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="actions">
        {!isAll && curve.length > FIRST_ROWS && (
          <button type="button" class="second" onClick={() => setAll(true)}>
            {words.showAll(curve.length)}
          </button>
        )}
        <button
          type="button"
          class="second"
          onClick={() => saveText(`${config.chainId}-${props.height}.csv`, curveCsv(curve, names, props.height, props.time))}
        >
          {words.csv}
        </button>
      </p>
    </section>
  );
}
