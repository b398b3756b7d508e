// The network's numbers at past blocks, read when somebody asks.
import { useState } from 'preact/hooks';
import { alignDecimal, alignPercent } from '../amounts';
import { showCount } from '../locale';
import { historyCsv } from '../network/csv';
import { readDiary } from '../network/diary';
import { readHistory, sessionShelf, type History, type HistoryPoint } from '../network/history';
import { NoPastError } from '../node/past';
import { NoEndpointError } from '../node/rest';
import { tell, usePage } from '../page';
import { HistoryPlot } from '../parts/history-plot';
import { SaveCsv } from '../parts/save-csv';
import { notes, visitNotes } from '../storage';
import { showTime } from '../times';
import { texts } from '../texts';

const words = texts.history;

type State =
  | { kind: 'idle' }
  | { kind: 'reading'; read: number; of: number }
  | { kind: 'failed'; reason: string }
  | { kind: 'read'; history: History; remembered: HistoryPoint[] };

export function NetworkHistory() {
  const { chain, config } = usePage();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const start = async () => {
    if (state.kind === 'reading') return;
    setState({ kind: 'reading', read: 0, of: 0 });
    try {
      const shelf = sessionShelf(config.chainId, config.vault, visitNotes);
      const history = await readHistory(chain, config.vault, shelf, (read, of) => setState({ kind: 'reading', read, of }));
      const first = history.points[0];
      const seen = first === undefined ? [] : readDiary(config.chainId, config.vault, notes, history.head);
      setState({ kind: 'read', history, remembered: seen.filter((it) => it.height < (first?.height ?? 0)) });
    } catch (error) {
      setState({ kind: 'failed', reason: tellFailure(error) });
    }
  };
  return (
    <section id="history" class={state.kind === 'read' ? undefined : 'no-print'}>
      <h2>{words.title}</h2>
      {state.kind !== 'read' && <p>{words.lead}</p>}
      {state.kind === 'read' && state.history.points.length > 0 && <Past history={state.history} remembered={state.remembered} />}
      <div role="status">
        {state.kind === 'reading' && <p>{state.of === 0 ? words.finding : words.reading(state.read, state.of)}</p>}
        {state.kind === 'failed' && <p class="notice">{state.reason}</p>}
        {state.kind === 'read' && state.history.points.length === 0 && <p class="notice">{words.none}</p>}
        {state.kind === 'read' && state.history.points.length > 0 && <p class="quiet">{words.done(state.history.points.length)}</p>}
      </div>
      <p class="actions">
        {/* not disabled: the focus would be lost */}
        <button type="button" class="second small" aria-disabled={state.kind === 'reading'} onClick={() => void start()}>
          {state.kind === 'read' ? words.again : words.start}
        </button>
        {state.kind === 'read' && state.history.points.length > 0 && (
          <SaveCsv what="history" table={words.table} height={state.history.points.at(-1)?.height ?? 0} of={() => historyCsv([...state.remembered, ...state.history.points])} />
        )}
      </p>
    </section>
  );
}

function tellFailure(error: unknown): string {
  if (error instanceof NoPastError) return words.none;
  return error instanceof NoEndpointError ? words.refused(error.message) : tell(error);
}

function Past({ history, remembered }: { history: History; remembered: HistoryPoint[] }) {
  const { isWhole } = history;
  const points = [...remembered, ...history.points];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const summary = words.summary(
    showTime(first.time),
    showTime(last.time),
    alignDecimal(first.with.effective, 4),
    alignDecimal(last.with.effective, 4),
  );
  const { columns } = words;
  return (
    <>
      <figure class="narrow">
        <figcaption>
          <h3>{words.plot}</h3>
        </figcaption>
        <HistoryPlot points={points} summary={summary} />
        <p>
          {summary} {isWhole ? words.whole : words.pruned(history.points[0]?.height ?? first.height)}{' '}
          {remembered.length > 0 && words.remembered(remembered.length)}
        </p>
        <p class="quiet">{texts.asOf(last.height, showTime(last.time))}</p>
      </figure>
      <div class="wide" tabIndex={0} role="region" aria-label={words.table}>
        <table id="past">
          <caption>{words.table}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.time}</th>
              {[columns.height, columns.third, columns.twoThirds, columns.effective, columns.without, columns.top].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.height}>
                <th scope="row" class="whole">
                  {showTime(point.time)}
                </th>
                <td class="number">{showCount(point.height)}</td>
                <td class="number">{point.with.nakamoto_third}</td>
                <td class="number">{point.with.nakamoto_two_thirds}</td>
                <td class="number">{alignDecimal(point.with.effective, 4)}</td>
                <td class="number">{alignDecimal(point.without.effective, 4)}</td>
                <td class="number">{alignPercent(point.with.top1_share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
