// A button that copies a text, and says whether it did.
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts';

export function CopyButton({ label, text }: { label: string; text: string }) {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => setTold(null), [text]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(texts.operators.own.copied);
    } catch {
      setTold(texts.operators.own.notCopied(text));
    }
  };
  return (
    <>
      <button type="button" class="second" onClick={() => void copy()}>
        {label}
      </button>
      <span role="status" class="quiet copied">
        {told}
      </span>
    </>
  );
}
