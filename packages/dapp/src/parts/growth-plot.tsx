// What a share was worth, over time. Floats are places on the screen only.
import { showDecimal } from '../amounts';
import { showDay } from '../times';
import { texts } from '../texts';
import type { RateSample } from '../vault/types';

const WIDTH = 560;
const HEIGHT = 240;
const LEFT = 8;
const TOP = 36;
const RIGHT = WIDTH - 16;
const BOTTOM = HEIGHT - 44;

/** At least two points, oldest first. */
export function GrowthPlot({ points, summary }: { points: RateSample[]; summary: string }) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const rates = points.map((it) => Number(it.tokens_per_share));
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  // a thousandth at least, so that next to nothing does not look steep
  const margin = Math.max(0, (Math.max(least * 0.001, 1e-9) - (most - least)) / 2);
  const [low, high] = [least - margin, most + margin];
  const x = (time: number) => LEFT + ((RIGHT - LEFT) * (time - first.time)) / Math.max(last.time - first.time, 1);
  const y = (rate: number) => BOTTOM - ((BOTTOM - TOP) * (rate - low)) / (high - low);
  const path = points.map((it, index) => `${index === 0 ? 'M' : 'L'}${x(it.time).toFixed(1)} ${y(Number(it.tokens_per_share)).toFixed(1)}`);
  // names that would lie on each other are one
  const marks = y(least) - y(most) > 30 ? [least, most] : [most];
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="growth-title" aria-describedby="growth-text">
      <title id="growth-title">{texts.growth.plot}</title>
      <desc id="growth-text">{summary}</desc>
      {marks.map((rate) => (
        <g key={rate} class="axis">
          <line x1={LEFT} x2={RIGHT} y1={y(rate)} y2={y(rate)} />
          <text x={LEFT} y={y(rate) - 8}>
            {showDecimal(pick(points, rate) ?? '0', 6)}
          </text>
        </g>
      ))}
      <path class="line" d={path.join('')} />
      <text x={LEFT} y={BOTTOM + 22}>
        {showDay(first.time)}
      </text>
      <text x={RIGHT} y={BOTTOM + 22} text-anchor="end">
        {showDay(last.time)}
      </text>
    </svg>
  );
}

function pick(points: RateSample[], rate: number): string | undefined {
  return points.find((it) => Number(it.tokens_per_share) === rate)?.tokens_per_share;
}
