// The curve of cumulative power, with the thirds. Numbers become floats here, for places on the screen only.
import type { CurvePoint, Metrics } from '../network/network';
import { texts } from '../texts';

const WIDTH = 560;
const HEIGHT = 340;
const LEFT = 68;
const TOP = 12;
const RIGHT = WIDTH - 12;
const BOTTOM = HEIGHT - 58;

interface Props {
  points: CurvePoint[];
  metrics: Metrics;
  summary: string;
  /** The point that is read, by its index. */
  marked?: number | null;
  /** Told of the point under the pointer. */
  onPoint?: (index: number) => void;
}

export function Curve({ points, metrics, summary, marked = null, onPoint }: Props) {
  const x = (rank: number) => LEFT + ((RIGHT - LEFT) * rank) / Math.max(points.length, 1);
  const y = (part: number) => BOTTOM - (BOTTOM - TOP) * part;
  const path = points.map((point, index) => `L${x(index + 1).toFixed(1)} ${y(Number(point.cumulative)).toFixed(1)}`);
  const thirds = [
    { part: 1 / 3, count: metrics.nakamoto_third, name: texts.network.oneThird, kind: 'third' },
    { part: 2 / 3, count: metrics.nakamoto_two_thirds, name: texts.network.twoThirds, kind: 'two-thirds' },
  ];
  const read = marked === null ? undefined : points[marked];
  const point = (event: MouseEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const rank = ((((event.clientX - box.left) / box.width) * WIDTH - LEFT) / (RIGHT - LEFT)) * points.length;
    onPoint?.(Math.min(Math.max(Math.round(rank) - 1, 0), points.length - 1));
  };
  return (
    <svg class="curve" onPointerMove={onPoint && point} onClick={onPoint && point} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="curve-title" aria-describedby="curve-text">
      <title id="curve-title">{texts.network.curve}</title>
      <desc id="curve-text">{summary}</desc>
      {[0, 0.5, 1].map((part) => (
        <g key={part} class="axis">
          <line x1={LEFT} x2={RIGHT} y1={y(part)} y2={y(part)} />
          <text x={LEFT - 6} y={y(part) + 4} text-anchor="end">{`${part * 100} %`}</text>
        </g>
      ))}
      <path class="area" d={`M${LEFT} ${BOTTOM}${path.join('')}L${RIGHT} ${BOTTOM}Z`} />
      <path class="line" d={`M${LEFT} ${BOTTOM}${path.join('')}`} />
      {thirds.map(({ part, count, name, kind }) => (
        <g key={kind} class={kind}>
          <line x1={LEFT} x2={RIGHT} y1={y(part)} y2={y(part)} />
          <line x1={x(count)} x2={x(count)} y1={y(part)} y2={BOTTOM} />
          <text x={RIGHT} y={y(part) - 6} text-anchor="end">
            {name}
          </text>
          <text x={x(count)} y={BOTTOM + 20} text-anchor="middle" class="count">
            {count}
          </text>
        </g>
      ))}
      {marked !== null && read && (
        <g class="read">
          <line x1={x(marked + 1)} x2={x(marked + 1)} y1={TOP} y2={BOTTOM} />
          <circle cx={x(marked + 1)} cy={y(Number(read.cumulative))} r={6} />
        </g>
      )}
      <text class="axis-name" x={(LEFT + RIGHT) / 2} y={HEIGHT - 6} text-anchor="middle">
        {texts.network.curveX}
      </text>
    </svg>
  );
}
