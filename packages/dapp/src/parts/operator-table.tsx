// Operators as a table whose headers order it.
import { alignAmount } from '../amounts';
import type { CommissionChange } from '../operators/commissions';
import type { OperatorRow } from '../operators/operators';
import type { Column, Order } from '../operators/order';
import { tellCap, tellTroubles } from '../operators/words';
import { usePage } from '../page';
import { showDay } from '../times';
import { texts } from '../texts';
import { AlikeMark, Commission, OperatorLink, SiteLink, StateMark, UptimeText } from './operator-parts';

const words = texts.operators;
/** Columns as they stand; what holds it has no order. */
const COLUMNS: (Column | 'cap')[] = ['name', 'state', 'tokens', 'others', 'vault', 'cap', 'commission', 'uptime', 'since'];
const NUMBERS: (Column | 'cap')[] = ['tokens', 'others', 'vault', 'commission', 'uptime'];

interface Props {
  id: string;
  caption: string;
  rows: OperatorRow[];
  /** So many of them are on the screen; all are on paper. */
  first: number;
  changes: Map<string, CommissionChange>;
  /** Null: it cannot be ordered. */
  order: Order | null;
  onOrder: (order: Order) => void;
}

export function OperatorTable({ id, caption, rows, first, changes, order, onOrder }: Props) {
  const { decimals } = usePage().config.denom;
  const show = (tokens: bigint) => (tokens === 0n ? '–' : alignAmount(tokens, decimals));
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={caption}>
      <table id={id} class="operators">
        {/* what can be ordered stands below a heading of the same words */}
        <caption class={order === null ? undefined : 'unseen'}>{caption}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Header key={column} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.validator} class={index < first ? undefined : 'only-print'} data-validator={row.validator} data-state={row.state}>
              <th scope="row">
                <OperatorLink row={row} /> <AlikeMark row={row} />
                {row.website && (
                  <span class="under">
                    <SiteLink site={row.website} />
                  </span>
                )}
                {row.reason && <span class="under quiet reason">{row.reason}</span>}
              </th>
              <td>
                <StateMark row={row} />
                {tellTroubles(row).map((trouble) => (
                  <span key={trouble} class="under quiet">
                    {trouble}
                  </span>
                ))}
              </td>
              <td class="number">{show(row.tokens)}</td>
              <td class="number">{show(row.tokens - row.vault)}</td>
              <td class="number">{show(row.vault)}</td>
              <td class="cap">{row.info ? tellCap(row.info.binding) : '–'}</td>
              <td class="number">
                <Commission row={row} change={changes.get(row.validator)} />
              </td>
              <td class="number">
                <UptimeText row={row} />
              </td>
              <td class="whole">{row.listedAt === null ? '–' : showDay(row.listedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Header({ column, order, onOrder }: { column: Column | 'cap' } & Pick<Props, 'order' | 'onOrder'>) {
  const name = words.columns[column];
  const kind = NUMBERS.includes(column) ? 'number' : undefined;
  if (order === null || column === 'cap') {
    return (
      <th scope="col" class={column === 'cap' ? column : kind}>
        {name}
      </th>
    );
  }
  const isBy = order.by === column;
  const next = { by: column, isDown: isBy ? !order.isDown : false };
  return (
    <th scope="col" class={kind} aria-sort={isBy ? (order.isDown ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="sort" title={words.sortBy(name)} onClick={() => onOrder(next)}>
        {name}
        {'\u00a0'}
        <span aria-hidden="true">{isBy ? (order.isDown ? '▼' : '▲') : '↕'}</span>
      </button>
    </th>
  );
}
