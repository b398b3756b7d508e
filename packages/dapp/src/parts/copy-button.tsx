// A button that copies a text, and says whether it did.
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts';

interface Props {
  text: string;
  /** What the button says, where it is not just *Copy*. */
  label?: string;
  /** Said to who cannot see of which text it is a copy. */
  of?: string;
}

export function CopyButton({ text, label, of }: Props) {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => setTold(null), [text]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(texts.copy.done);
    } catch {
      setTold(texts.copy.refused(text));
    }
  };
  return (
    <>
      <button
        type="button"
        class={label === undefined ? 'second tiny' : 'second'}
        aria-label={of && texts.copy.of(of)}
        onClick={() => void copy()}
      >
        {label ?? texts.copy.copy}
      </button>
      <span role="status" class="quiet copied">
        {told}
      </span>
    </>
  );
}
