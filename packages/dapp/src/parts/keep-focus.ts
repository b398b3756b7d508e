// Where the keyboard is, when what had the focus goes away: a button that has done its work, or a form of an account that
// was let go. Without this a person who cannot see begins again at the top of the page.

/** Watches everything in `document` until the answer is called. */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let around: Element[] = [];
  const note = (event: FocusEvent) => {
    last = event.target instanceof Element ? event.target : null;
    around = [];
    for (let it = last?.parentElement ?? null; it !== null; it = it.parentElement) around.push(it);
  };
  const look = () => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (!isLost || last === null || last.isConnected) return;
    const place = around.find((it) => it.isConnected && findPlace(it) !== null);
    last = null;
    if (place) goTo(findPlace(place));
  };
  const observer = new MutationObserver(look);
  document.addEventListener('focusin', note);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', note);
    observer.disconnect();
  };
}

/** What an element is about, or can do: a field, a table's frame, a heading, and in the head of the page a button. */
function findPlace(around: Element): HTMLElement | null {
  if (around === document.body || around === document.documentElement) return null;
  const kinds = around.closest('header, aside') ? 'button, select' : 'form input:enabled, .wide[tabindex], h1, h2, h3';
  return Array.from(around.querySelectorAll<HTMLElement>(kinds)).find((it) => it.getClientRects().length > 0) ?? null;
}

function goTo(place: HTMLElement | null): void {
  if (place === null) return;
  if (/^H\d$/.test(place.tagName)) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}
