// Instants, with the time that is left by the latest block.
import { showTime } from '../times';
import { tellCountdown } from './values';

/** Not announced when it ticks: who listens reads it where it stands. */
export function Instant({ at, now }: { at: number; now: number }) {
  const left = tellCountdown(at, now);
  return (
    <>
      <time dateTime={new Date(at * 1000).toISOString()}>{showTime(at)}</time>
      {left && <span class="left"> ({left})</span>}
    </>
  );
}

export function Address({ address }: { address: string }) {
  return (
    <code class="address" translate={false}>
      {address}
    </code>
  );
}
