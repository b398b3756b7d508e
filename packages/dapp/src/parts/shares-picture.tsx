// All stake as a bar, cut by validator: as it is, and if all were equal. Floats are places on the screen only.
import type { CurvePoint } from '../network/network';
import { texts } from '../texts';

const WIDTH = 560;
const HEIGHT = 210;
const BAR = 46;
const words = texts.lesson.picture;

export function SharesPicture({ points, third, evenThird, summary }: { points: CurvePoint[]; third: number; evenThird: number; summary: string }) {
  const even = points.map((_, index) => (index + 1) / points.length);
  const rows = [
    { name: words.now, ends: points.map((point) => Number(point.cumulative)), taken: third, top: 42 },
    { name: words.even, ends: even, taken: evenThird, top: 136 },
  ];
  const oneThird = WIDTH / 3;
  return (
    <svg class="curve shares" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="shares-title" aria-describedby="shares-text">
      <title id="shares-title">{words.title}</title>
      <desc id="shares-text">{summary}</desc>
      <defs>
        {/* not by colour alone */}
        <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" class="hatch-ground" />
          <rect width="2.5" height="7" class="hatch-line" />
        </pattern>
      </defs>
      {rows.map(({ name, ends, taken, top }) => (
        <g key={name}>
          <text x={0} y={top - 10} class="name">
            {`${name}: ${taken}`}
          </text>
          {ends.map((end, index) => {
            const from = index === 0 ? 0 : (ends[index - 1] ?? 0);
            const width = Math.max((end - from) * WIDTH - 1, 0.2);
            return <rect key={index} class={index < taken ? 'taken' : 'other'} x={from * WIDTH} y={top} width={width} height={BAR} />;
          })}
        </g>
      ))}
      <g class="third">
        <line x1={oneThird} x2={oneThird} y1={20} y2={HEIGHT - 18} />
        <text x={oneThird + 6} y={HEIGHT - 6}>
          {words.third}
        </text>
      </g>
    </svg>
  );
}
