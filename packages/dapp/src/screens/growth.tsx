// How a share has grown: what was, and no promise.
import { useState } from 'preact/hooks';
import { alignDecimal, atomics, showDecimal, showPercent } from '../amounts';
import { growthCsv, readGrowth, type Growth, type RateChange } from '../account/growth';
import { saveText } from '../network/csv';
import { useLoaded } from '../loaded';
import { usePage } from '../page';
import { GrowthPlot } from '../parts/growth-plot';
import { Loading } from '../parts/loading';
import { showDay, showTime } from '../times';
import { texts } from '../texts';

const words = texts.growth;
/** A ten thousandth of a percent, the least that four places show, in units of 10^-18. */
const LEAST_SHOWN = 10n ** 12n;
const DAY = 86_400;
/** Rows shown until all are asked for. */
const FIRST_ROWS = 7;

export function GrowthSection() {
  const { vault, version, config } = usePage();
  const growth = useLoaded(() => readGrowth(vault), [vault], version);
  const [isAll, setAll] = useState(false);
  if (growth.data === null) {
    return (
      <section>
        <h2>{words.title}</h2>
        <Loading of={growth} />
      </section>
    );
  }
  const { points, whole, fee, height, time } = growth.data;
  const summary = tellGrowth(growth.data, config.denom.symbol);
  const rows = [...points].reverse();
  return (
    <section id="growth" class="two">
      <figure>
        <figcaption>
          <h2>{words.title}</h2>
        </figcaption>
        {whole !== null && <GrowthPlot points={points} summary={summary} />}
        <p>{summary}</p>
        <p class="quiet">{words.formula(showPercent(fee))}</p>
        <p class="quiet">{texts.asOf(height, showTime(time))}</p>
      </figure>
      <div>
        <table id="rates">
          <caption>{words.table}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.time}</th>
              <th scope="col" class="number">
                {words.columns.rate(config.denom.symbol)}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, isAll ? rows.length : FIRST_ROWS).map((it, index) => (
              <tr key={`${it.time}-${index}`}>
                <th scope="row">{index === 0 ? words.now : showTime(it.time)}</th>
                <td class="number">{alignDecimal(it.tokens_per_share, 9)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="actions">
          {!isAll && rows.length > FIRST_ROWS && (
            <button type="button" class="second small" onClick={() => setAll(true)}>
              {words.showAll(rows.length)}
            </button>
          )}
          <button type="button" class="second small" onClick={() => saveText(`${config.chainId}-rates-${height}.csv`, growthCsv(growth.data ?? fail()))}>
            {words.csv}
          </button>
        </p>
      </div>
    </section>
  );
}

function fail(): never {
  throw new Error('nothing was read');
}

/** One sentence for each span that there is a rate for. */
export function tellGrowth({ points, whole, changes, time }: Growth, symbol: string): string {
  const now = points.at(-1)?.tokens_per_share ?? '0';
  if (whole === null || whole.since === null || whole.tokens_per_share === null) return words.none(showDecimal(now, 9), symbol);
  const first = words.since(showDay(whole.since), showDecimal(whole.tokens_per_share, 9), showDecimal(now, 9), symbol, tellChange(whole));
  // what began with the first rate is told already
  const spans = changes.filter(({ change, since }, index) => change !== null && since !== whole.since && since !== changes[index - 1]?.since);
  return [first, ...spans.map((it) => tellSpan(it, time))].join(' ');
}

/** Over the days that it took: where nobody ran the vault for a while there is no rate of the day that is asked for. */
function tellSpan(span: RateChange, now: number): string {
  return words.over(Math.floor((now - (span.since ?? now)) / DAY), tellChange(span));
}

function tellChange({ change }: RateChange): string {
  const text = change ?? '0';
  const isLess = text.startsWith('-');
  const decimal = isLess ? text.slice(1) : text;
  if (atomics(decimal) === 0n) return words.same;
  if (atomics(decimal) < LEAST_SHOWN) return isLess ? words.littleLess : words.littleMore;
  const percent = showPercent(decimal, 4);
  return isLess ? words.less(percent) : words.more(percent);
}
