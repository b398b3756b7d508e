// A number over time, with the vault and without it. Floats are places on the screen only.
import type { HistoryPoint } from '../network/history';
import { alignDecimal } from '../amounts';
import { showTime } from '../times';
import { texts } from '../texts';

const WIDTH = 560;
const HEIGHT = 260;
const LEFT = 52;
const TOP = 34;
const RIGHT = WIDTH - 16;
const BOTTOM = HEIGHT - 40;
/** Names of lines nearer than this would lie on each other. */
const LEAST_GAP = 24;
const words = texts.history;

export function HistoryPlot({ points, summary }: { points: HistoryPoint[]; summary: string }) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const most = Math.max(...points.flatMap((it) => [Number(it.with.effective), Number(it.without.effective)]));
  const top = niceTop(most);
  // blocks and not instants: a devnet's clock jumps
  const x = (height: number) => LEFT + ((RIGHT - LEFT) * (height - first.height)) / Math.max(last.height - first.height, 1);
  const y = (value: number) => BOTTOM - ((BOTTOM - TOP) * value) / top;
  const lines = (['with', 'without'] as const).map((kind) => ({
    kind,
    path: points.map((it, index) => `${index === 0 ? 'M' : 'L'}${x(it.height).toFixed(1)} ${y(Number(it[kind].effective)).toFixed(1)}`).join(''),
    end: y(Number(last[kind].effective)),
    name: `${words[kind]}: ${alignDecimal(last[kind].effective, 4)}`,
  }));
  const isAbove = (lines[0]?.end ?? 0) <= (lines[1]?.end ?? 0);
  const isClose = Math.abs((lines[0]?.end ?? 0) - (lines[1]?.end ?? 0)) < LEAST_GAP;
  return (
    <svg class="curve past" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="past-title" aria-describedby="past-text">
      <title id="past-title">{words.plot}</title>
      <desc id="past-text">{summary}</desc>
      {[0, top / 2, top].map((value) => (
        <g key={value} class="axis">
          <line x1={LEFT} x2={RIGHT} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {value}
          </text>
        </g>
      ))}
      {lines.map(({ kind, path, end, name }) => {
        const goesUp = (kind === 'with') === isAbove;
        return (
          <g key={kind} class={kind}>
            <path class="line" d={path} />
            {points.length === 1 && <circle cx={x(last.height)} cy={end} r={4} />}
            <text x={RIGHT} y={isClose || goesUp ? end + (goesUp ? -10 : 22) : end + 22} text-anchor="end">
              {name}
            </text>
          </g>
        );
      })}
      <text x={LEFT} y={HEIGHT - 12}>
        {showTime(first.time)}
      </text>
      <text x={RIGHT} y={HEIGHT - 12} text-anchor="end">
        {showTime(last.time)}
      </text>
    </svg>
  );
}

/** An even number above the value, with place for a name over the line. */
function niceTop(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))));
  const least = value * 1.15;
  const found = [1, 2, 4, 6, 8, 10, 20].map((it) => it * step).find((it) => it >= least);
  return Math.max(found ?? 20 * step, 2);
}
