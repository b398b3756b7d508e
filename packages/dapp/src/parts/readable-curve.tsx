// The curve with a place that can be read, by pointer, by touch, and by a slider for keyboards and screen readers.
import { useState } from 'preact/hooks';
import { alignPercent } from '../amounts';
import type { NetworkAnswer } from '../network/network';
import { texts } from '../texts';
import { Curve } from './curve';

const words = texts.history.reader;

export function ReadableCurve({ answer, names, summary }: { answer: NetworkAnswer; names: Map<string, string | null>; summary: string }) {
  const { curve } = answer;
  const [index, setIndex] = useState<number | null>(null);
  const at = Math.min(index ?? Math.max(answer.with.nakamoto_third - 1, 0), curve.length - 1);
  const point = curve[at];
  if (point === undefined) return null;
  const name = names.get(point.validator) ?? texts.network.noName;
  const [share, sum] = [alignPercent(point.share), alignPercent(point.cumulative)];
  return (
    <>
      <Curve points={curve} metrics={answer.with} summary={summary} marked={at} onPoint={setIndex} />
      <label class="quiet" for="reader">
        {words.slider}
      </label>
      <input
        id="reader"
        type="range"
        min={1}
        max={curve.length}
        value={at + 1}
        aria-valuetext={`${words.rank(at + 1)} ${name}${words.value(share, sum)}`}
        onInput={(event) => setIndex(event.currentTarget.valueAsNumber - 1)}
      />
      <p class="reader">
        {words.rank(at + 1)}{' '}
        <strong translate={false}>
          <bdi>{name}</bdi>
        </strong>
        {words.value(share, sum)}
      </p>
    </>
  );
}
