// What is going on with the transaction of an act, and how it ended.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { showAmount } from '../amounts';
import type { TxResult } from '../node/chain';
import { usePage } from '../page';
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
      return step.isUnknown ? texts.tx.unknown(step.hash) : texts.tx.following(step.hash);
  }
}

/** `acts` are those that this place shows; `done` says what came of it, from the events. */
export function TxStatus({ acts, done }: { acts: string[]; done: (act: string, result: TxResult) => ComponentChildren }) {
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
  return (
    <div role="status" class="tx" tabIndex={-1} ref={place} data-outcome={(isMine && outcome?.kind) || undefined}>
      {isMine && step && <p class="notice busy">{tellStep(step)}</p>}
      {/* a wallet that has lost the question never answers */}
      {isMine && step?.kind === 'signing' && (
        <button type="button" class="second small" onClick={tx.stop}>
          {texts.tx.stop}
        </button>
      )}
      {isMine && step?.kind === 'following' && keeper.isForgetful && <p class="notice">{texts.tx.notKept}</p>}
      {isMine && outcome?.kind === 'refused' && <p class="notice">{texts.tx.refused}</p>}
      {isMine && outcome?.kind === 'failed' && (
        <p class="notice bad">
          {outcome.words} {outcome.hash && <Hash hash={outcome.hash} />}
        </p>
      )}
      {isMine && outcome?.kind === 'done' && (
        <div class="notice good">
          <p>{done(act, outcome.result)}</p>
          <p class="quiet">
            <Hash hash={outcome.result.hash} /> {texts.tx.block(outcome.result.height)}. {paid !== null && texts.tx.fee(showAmount(paid, denom))}
          </p>
        </div>
      )}
    </div>
  );
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
