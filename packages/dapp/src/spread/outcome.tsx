// How far it came: of several transactions, and of the last one.
import { usePage } from '../page';
import { TxStatus } from '../parts/tx-status';
import { texts } from '../texts';
import { sumCarried } from './plan';
import { tellSome } from './review';
import { ACT, type Run } from './run';

const words = texts.spread;

export function RunStatus({ run, isOwn }: { run: Run | null; isOwn: boolean }) {
  const { tx, config } = usePage();
  const unit = config.denom;
  const results = run?.results ?? [];
  const isStopped = run !== null && run.index === null && results.length > 0 && results.length < run.count;
  const sum = sumCarried(results, unit.base);
  const stopped = isStopped ? words.stopped(results.length, run.count, tellSome(sum.delegated, unit), tellSome(sum.moved, unit)) : null;
  const isRefused = tx.outcome?.kind === 'refused';
  return (
    <>
      <p role="status" id="progress">
        {run !== null && run.index !== null && run.count > 1 && <strong>{words.progress(run.index, run.count)}</strong>}
      </p>
      <div role="status">
        {stopped !== null && isRefused && (
          <div class="tx" data-outcome="refused">
            <p class="notice">
              {words.refusedLater(results.length + 1)} {stopped}
            </p>
          </div>
        )}
        {stopped !== null && tx.outcome?.kind === 'failed' && <p class="notice">{stopped}</p>}
      </div>
      {(stopped === null || !isRefused) && (
        <TxStatus
          acts={isOwn ? [ACT] : []}
          done={(_, result) => {
            // after a reload only the last one is known
            const all = sumCarried(results.length > 0 ? results : [result], unit.base);
            return words.done(tellSome(all.delegated, unit), tellSome(all.moved, unit), tellSome(all.rewards, unit));
          }}
        />
      )}
    </>
  );
}
