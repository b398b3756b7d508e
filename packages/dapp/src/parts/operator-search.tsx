// A way to any validator of the chain, listed or not.
import { useState } from 'preact/hooks';
import { showAmount } from '../amounts';
import { normalName } from '../alike';
import type { OperatorRow } from '../operators/operators';
import { findRows } from '../operators/order';
import { usePage } from '../page';
import { texts } from '../texts';
import { linkOf, OperatorLink, StateMark } from './operator-parts';

const words = texts.operators.find;
/** Found ones that are shown. */
const MOST = 10;

export function OperatorSearch({ rows }: { rows: OperatorRow[] }) {
  const unit = usePage().config.denom;
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ text: string; rows: OperatorRow[] } | null>(null);
  const search = () => {
    const wanted = text.trim();
    if (wanted === '') return setFound(null);
    const exact = rows.filter((row) => row.validator === wanted || isNamed(row, wanted));
    const fitting = exact.length > 0 ? exact : findRows(rows, wanted, 'all');
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1) location.hash = linkOf(only.validator);
    else setFound({ text: wanted, rows: fitting });
  };
  return (
    <form
      class="card"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <label for="any-validator">{words.label}</label>
      <div class="input">
        <input
          id="any-validator"
          autoComplete="off"
          spellcheck={false}
          value={text}
          aria-describedby="any-validator-found"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="second">
          {words.submit}
        </button>
      </div>
      <div id="any-validator-found" role="status">
        {found?.rows.length === 0 && <p class="fault">{words.none(found.text)}</p>}
        {found !== null && found.rows.length > 0 && <p>{words.several(found.rows.length)}</p>}
      </div>
      {/* how many is said; who, with their addresses, can be read */}
      <div id="any-validator-rows">
        {found !== null && found.rows.length > 0 && (
          <>
            <ul class="plain" role="list">
              {found.rows.slice(0, MOST).map((row) => (
                <li key={row.validator}>
                  <OperatorLink row={row} /> <StateMark row={row} /> {showAmount(row.tokens, unit)}
                  <code class="under" translate={false}>
                    {row.validator}
                  </code>
                </li>
              ))}
            </ul>
            {found.rows.length > MOST && <p class="quiet">{words.tooMany}</p>}
          </>
        )}
      </div>
    </form>
  );
}

function isNamed(row: OperatorRow, text: string): boolean {
  const wanted = normalName(text);
  return wanted !== null && (normalName(row.name) === wanted || normalName(row.otherName) === wanted);
}
