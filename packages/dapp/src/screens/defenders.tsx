// Every operator on the vault's list, and a way to any validator of the chain.
import { useMemo, useState } from 'preact/hooks';
import { saveText } from '../network/csv';
import { noteCommissions, type CommissionChange } from '../operators/commissions';
import { operatorsCsv } from '../operators/csv';
import { readOperators, type OperatorFacts } from '../operators/operators';
import { findRows, sortRows, type Column, type Filter, type Order } from '../operators/order';
import { useLoaded } from '../loaded';
import { usePage } from '../page';
import { LoadingScreen } from '../parts/loading';
import { OperatorCards } from '../parts/operator-cards';
import { OperatorSearch } from '../parts/operator-search';
import { OperatorTable } from '../parts/operator-table';
import { notes } from '../storage';
import { showTime } from '../times';
import { texts } from '../texts';
import { OperatorScreen } from './operator';

const words = texts.operators;
const FILTERS = Object.keys(words.filters) as Filter[];
const ORDERS: Column[] = ['day', 'name', 'state', 'tokens', 'others', 'vault', 'commission', 'uptime', 'since'];
/** So many are shown until all are asked for: what stands below them is found. */
const FIRST = 24;
/** Remembers how the list is shown. */
const VIEW = 'defenders.operators.view';
/** Below this a table has no place. */
const NARROW = '(max-width: 860px)';

type View = 'table' | 'cards';

/** `shown`: an operator address, or null for the list. */
export function DefendersScreen({ shown }: { shown: string | null }) {
  const { chain, vault, version, config } = usePage();
  const read = useLoaded(async () => {
    const facts = await readOperators(chain, vault);
    const rates = new Map(facts.rows.map((row) => [row.validator, row.commission]));
    const now = Math.floor(Date.now() / 1000);
    return { facts, changes: noteCommissions(notes, `defenders.commissions.${config.chainId}`, now, rates) };
  }, [chain], version);
  if (read.data === null) return <LoadingScreen title={words.title} of={read} />;
  if (shown !== null) return <OperatorScreen key={shown} {...read.data} validator={shown} />;
  return <OperatorList {...read.data} />;
}

function OperatorList({ facts, changes }: { facts: OperatorFacts; changes: Map<string, CommissionChange> }) {
  const { config } = usePage();
  const { head } = facts;
  const [view, setView] = useState<View>(readView);
  const [order, setOrder] = useState<Order>({ by: 'day', isDown: false });
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const listed = useMemo(() => facts.rows.filter((row) => row.isListed), [facts]);
  const apart = useMemo(() => facts.rows.filter((row) => !row.isListed && row.state !== 'unlisted'), [facts]);
  const rows = useMemo(() => sortRows(findRows(listed, text, filter), order, head.time), [listed, text, filter, order, head.time]);
  const [isAll, setAll] = useState(false);
  const first = isAll ? rows.length : Math.min(FIRST, rows.length);
  const choose = (next: View) => {
    setView(next);
    notes.setItem(VIEW, next);
  };
  const table = { changes, order, onOrder: setOrder };
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead(listed.length)}</p>
      </section>
      <section>
        <div class="tools">
          <div class="field">
            <label for="search">{words.search}</label>
            <input
              id="search"
              type="search"
              value={text}
              title={words.searchHint}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </div>
          <Choice id="filter" label={words.filter} value={filter} options={FILTERS} tell={(it) => words.filters[it]} onChange={setFilter} />
          <Choice
            id="order"
            label={words.sort}
            value={order.by}
            options={ORDERS}
            tell={(it) => words.columns[it]}
            onChange={(by) => setOrder({ by, isDown: false })}
          />
          <fieldset class="switch">
            <legend>{words.view.label}</legend>
            {(['table', 'cards'] as const).map((it) => (
              <button key={it} type="button" class="second" aria-pressed={view === it} onClick={() => choose(it)}>
                {words.view[it]}
              </button>
            ))}
          </fieldset>
        </div>
        <p role="status" id="operator-count" tabIndex={-1}>
          {rows.length === 0 ? words.nobody : words.count(rows.length, listed.length, first)}
        </p>
        {rows.length > 0 && view === 'table' && (
          <>
            <h2>{words.table(config.denom.symbol)}</h2>
            <OperatorTable id="operators" caption={words.table(config.denom.symbol)} rows={rows} first={first} {...table} />
          </>
        )}
        {rows.length > 0 && view === 'cards' && (
          <>
            <h2>{words.list}</h2>
            <OperatorCards rows={rows} first={first} changes={changes} />
          </>
        )}
        <p class="actions">
          {first < rows.length && (
            <button type="button" class="second small" onClick={() => (setAll(true), document.getElementById('operator-count')?.focus({ preventScroll: true }))}>
              {words.showAll(rows.length)}
            </button>
          )}
          {view === 'cards' && (
            <button type="button" class="second small" aria-pressed={order.isDown} onClick={() => setOrder({ ...order, isDown: !order.isDown })}>
              {words.reverse}
            </button>
          )}
          <button
            type="button"
            class="second small"
            onClick={() => saveText(`${config.chainId}-defenders-${head.height}.csv`, operatorsCsv(rows, head))}
          >
            {words.csv}
          </button>
        </p>
        <p class="quiet">
          {words.order} {words.uptimeNote} {texts.asOf(head.height, showTime(head.time))}
        </p>
      </section>
      {apart.length > 0 && (
        <section>
          <h2>{words.apart}</h2>
          <p>{words.apartLead}</p>
          {view === 'table' ? (
            <OperatorTable id="operators-apart" caption={words.apartTable(config.denom.symbol)} rows={apart} first={apart.length} {...table} order={null} />
          ) : (
            <OperatorCards rows={apart} first={apart.length} changes={changes} />
          )}
        </section>
      )}
      <OperatorSearch rows={facts.rows} />
    </>
  );
}

function readView(): View {
  const kept = notes.getItem(VIEW);
  if (kept === 'table' || kept === 'cards') return kept;
  return window.matchMedia(NARROW).matches ? 'cards' : 'table';
}

interface ChoiceProps<T extends string> {
  id: string;
  label: string;
  value: T;
  options: T[];
  tell: (option: T) => string;
  onChange: (option: T) => void;
}

function Choice<T extends string>({ id, label, value, options, tell, onChange }: ChoiceProps<T>) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map((it) => (
          <option key={it} value={it}>
            {tell(it)}
          </option>
        ))}
      </select>
    </div>
  );
}
