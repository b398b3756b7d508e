// What is said to who cannot see, when it is worth interrupting for.
import { useRef } from 'preact/hooks';

/** Said once for each `of`, and not again when its numbers move a little; null says nothing. */
export function Said({ of, text }: { of: string | null; text: string }) {
  const said = useRef<{ of: string | null; text: string }>({ of: null, text: '' });
  if (said.current.of !== of) said.current = { of, text: of === null ? '' : text };
  return (
    <p class="unseen" role="status">
      {said.current.text}
    </p>
  );
}
