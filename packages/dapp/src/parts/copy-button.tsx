import { useState } from 'preact/hooks';
import { texts } from '../texts';

/** Puts a text on the clipboard; `of` says to who cannot see which one. */
export function CopyButton({ text, of }: { text: string; of: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    } catch {
      // a browser that forbids it leaves the text to be marked by hand
    }
  };
  return (
    <>
      <button type="button" class="copy" aria-label={texts.governance.copyOf(of)} onClick={() => void copy()}>
        {isCopied ? texts.governance.copied : texts.governance.copy}
      </button>
      <span class="unseen" role="status">
        {isCopied && texts.governance.copied}
      </span>
    </>
  );
}
