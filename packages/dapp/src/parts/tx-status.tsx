// What is going on with the transaction of an act, and how it ended.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { showAmount } from '../amounts';
import type { TxResult } from '../node/chain';
import { usePage, type TxState } from '../page';
import { keeper } from '../storage';
import { feePaid } from '../tx/judge';
import type { Step } from '../tx/follow';
import { texts } from '../texts';

export function tellStep(step: Step): string {
  switch (step.kind) {
    case 'preparing':
      return texts.tx.preparing;
    case 'signing':
      return texts.tx.signing;
    case 'sending':
      return texts.tx.sending;
    case 'following':
      return step.isUnknown ? texts.tx.unknown : texts.tx.following;
  }
}

interface Props {
  /** Those that this place shows. */
  acts: string[];
  /** What came of it, from the events. */
  done: (act: string, result: TxResult) => ComponentChildren;
}

export function TxStatus({ acts, done }: Props) {
  const { tx, config } = usePage();
  const { act, step, outcome } = tx;
  const { denom } = config;
  const paid = outcome?.kind === 'done' ? feePaid(outcome.result, denom.base) : null;
  const isMine = act !== null && acts.includes(act);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // a button that went grey under the keyboard has lost the focus
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isMine && outcome !== null && isLost) place.current?.focus();
  }, [outcome]);
  const { told, kind, hash } = tellState(tx, isMine, done);
  return (
    <div class="tx" tabIndex={-1} ref={place} data-outcome={(isMine && outcome?.kind) || undefined}>
      <div class={kind}>
        <div role="status">
          {told && <p>{told}</p>}
          {isMine && step?.kind === 'following' && keeper.isForgetful && <p>{texts.tx.notKept}</p>}
        </div>
        {/* a wallet that has lost the question never answers */}
        {isMine && step?.kind === 'signing' && (
          <button type="button" class="second small" onClick={tx.stop}>
            {texts.tx.stop}
          </button>
        )}
        {/* not said: sixty-four letters one by one */}
        {hash !== null && (
          <p class="quiet">
            <Hash hash={hash} />
            {isMine && outcome?.kind === 'done' && ` ${texts.tx.block(outcome.result.height)}. ${paid === null ? '' : texts.tx.fee(showAmount(paid, denom))}`}
          </p>
        )}
      </div>
    </div>
  );
}

interface State {
  told: ComponentChildren;
  kind: string | undefined;
  hash: string | null;
}

function tellState({ act, step, outcome }: TxState, isMine: boolean, done: Props['done']): State {
  if (!isMine || act === null) return { told: null, kind: undefined, hash: null };
  if (step !== null) return { told: tellStep(step), kind: 'notice busy', hash: step.kind === 'following' ? step.hash : null };
  switch (outcome?.kind) {
    case 'refused':
      return { told: texts.tx.refused, kind: 'notice', hash: null };
    case 'failed':
      return { told: outcome.words, kind: 'notice bad', hash: outcome.hash };
    case 'done':
      return { told: done(act, outcome.result), kind: 'notice good', hash: outcome.result.hash };
    default:
      return { told: null, kind: undefined, hash: null };
  }
}

function Hash({ hash }: { hash: string }) {
  return (
    <>
      {texts.tx.hash}{' '}
      <code class="hash" translate={false}>
        {hash}
      </code>
    </>
  );
}
