// The first rows of a table, and all of them when they are asked for.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { texts } from '../texts';

export function useRows<T>(rows: T[], first: number): { shown: T[]; more: ComponentChildren } {
  const [isAll, setAll] = useState(false);
  if (isAll || rows.length <= first) return { shown: rows, more: null };
  const more = (
    <p class="actions">
      <button type="button" class="second small" onClick={() => setAll(true)}>
        {texts.network.showAll(rows.length)}
      </button>
    </p>
  );
  return { shown: rows.slice(0, first), more };
}
