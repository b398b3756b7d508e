// The question of the demo wallet: sign this, or not.
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts';
import type { Shown } from './demo-shown';
import type { WalletKey } from './wallet';

const words = texts.demo;
let isAsking = false;

/** Whether the person signs. Asked once at a time: what asks meanwhile is refused. */
export async function askToSign(key: WalletKey, shown: Shown): Promise<boolean> {
  if (isAsking) return false;
  isAsking = true;
  const place = document.createElement('div');
  document.body.append(place);
  try {
    return await new Promise<boolean>((answer) => render(<Question keyOf={key} shown={shown} onAnswer={answer} />, place));
  } finally {
    render(null, place);
    place.remove();
    isAsking = false;
  }
}

function Question({ keyOf: key, shown, onAnswer }: { keyOf: WalletKey; shown: Shown; onAnswer: (isSigned: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isSigned = useRef(false);
  // as a modal the browser keeps the focus in it, and gives it back
  useEffect(() => dialog.current?.showModal(), []);
  const end = (answer: boolean) => {
    isSigned.current = answer;
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="card" aria-labelledby="demo-title" onClose={() => onAnswer(isSigned.current)}>
      <h2 id="demo-title">{words.question(key.name)}</h2>
      <p class="notice">{words.mark}</p>
      <dl>
        <dt>{texts.wallet.signsAs}</dt>
        <dd translate={false}>
          <code>{key.bech32Address}</code>
        </dd>
        {shown.messages.map(({ type, text }, index) => (
          <div key={index}>
            <dt translate={false}>{type}</dt>
            <dd translate={false}>
              <pre tabIndex={0} role="region" aria-label={type}>
                {text}
              </pre>
            </dd>
          </div>
        ))}
        <dt>{words.fee}</dt>
        <dd translate={false}>{words.feeOf(shown.fee, shown.gas)}</dd>
        <dt>{words.memo}</dt>
        <dd translate={false}>
          <bdi>{shown.memo || '–'}</bdi>
        </dd>
      </dl>
      <p class="actions">
        <button type="button" class="button" onClick={() => end(true)}>
          {words.sign}
        </button>
        <button type="button" class="second" onClick={() => end(false)}>
          {words.refuse}
        </button>
      </p>
    </dialog>
  );
}
