import { texts } from '../texts';
import type { Loaded } from '../loaded';

/** Until there is something to show: that it is being read, or why it cannot be. */
export function Loading({ of }: { of: Loaded<unknown> }) {
  if (of.error === null) return <p role="status">{texts.loading}</p>;
  return (
    <div role="alert" class="notice bad">
      <p>{texts.unread(of.error)}</p>
      <button type="button" class="second small" onClick={of.reload}>
        {texts.retry}
      </button>
    </div>
  );
}

/** Of a screen whose title comes with what is read: it has a heading all the same. */
export function LoadingScreen({ title, of }: { title: string; of: Loaded<unknown> }) {
  return (
    <section class="hero">
      <h1>{title}</h1>
      <Loading of={of} />
    </section>
  );
}
