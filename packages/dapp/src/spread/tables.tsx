// The account's stake with each validator now and then, what cannot move, and who gets nothing.
import { findAlike } from '../alike';
import { showAmount } from '../amounts';
import type { StakeValidator, StakingFacts } from '../node/staking';
import { usePage } from '../page';
import { StackTable } from '../parts/stack-table';
import { texts } from '../texts';
import { showTime } from '../times';
import type { Plan, PlanRow } from './plan';
import { useRows } from './rows';

const words = texts.spread;
/** Rows until all are asked for: of stake, and of who gets nothing. */
const STAKE_ROWS = 20;
const FIRST_ROWS = 5;

/** What is known of validators, by operator address. */
export interface Labels {
  known: Map<string, StakeValidator>;
  twins: Map<string, string[]>;
}

export function labelsOf(facts: StakingFacts): Labels {
  return {
    known: new Map(facts.validators.map((it) => [it.address, it])),
    twins: findAlike(facts.validators.map(({ address, name }) => ({ validator: address, names: [name] }))),
  };
}

function tellStatus(validator: StakeValidator | undefined): string {
  if (validator === undefined) return words.status.unknown;
  if (validator.isTombstoned) return words.status.tombstoned;
  return validator.isJailed ? words.status.jailed : words.status[validator.status];
}

/** Name, status and operator address: the name alone can be anybody's. */
export function Validator({ address, labels, note }: { address: string; labels: Labels; note?: string | null }) {
  return (
    <>
      <bdi translate={false}>{labels.known.get(address)?.name ?? texts.network.noName}</bdi>
      <span class="under quiet">{tellStatus(labels.known.get(address))}</span>
      <code class="under quiet" translate={false}>
        {address}
      </code>
      {labels.twins.has(address) && <span class="mark warn under">{words.twin}</span>}
      {note && <span class="mark warn under">{note}</span>}
    </>
  );
}

/** Whoever has own stake first, most first; then whoever is given some, by address. */
function sortRows(rows: PlanRow[]): PlanRow[] {
  const weigh = (row: PlanRow) => BigInt(row.before);
  return [...rows].sort((a, b) => {
    const [left, right] = [weigh(a), weigh(b)];
    if (left !== right) return left > right ? -1 : 1;
    return a.validator < b.validator ? -1 : 1;
  });
}

export function OwnTable({ rows, labels }: { rows: PlanRow[]; labels: Labels }) {
  const unit = usePage().config.denom;
  const { shown, more } = useRows(sortRows(rows.filter((row) => row.before !== '0' || row.after !== '0')), STAKE_ROWS);
  const show = (tokens: string) => (tokens === '0' ? '–' : showAmount(BigInt(tokens), unit));
  const columns = words.ownColumns;
  if (shown.length === 0) return null;
  return (
    <>
      <h2>{words.own}</h2>
      <StackTable
        id="own"
        caption={words.own}
        isCaptionUnseen
        columns={[{ name: columns.validator }, { name: columns.now, isNumber: true }, { name: columns.then, isNumber: true }]}
        rows={shown.map((row) => {
          const note = row.locked_until !== null && row.before !== '0' ? words.lockedUntil(showTime(row.locked_until)) : null;
          return {
            key: row.validator,
            data: { 'data-validator': row.validator },
            head: <Validator address={row.validator} labels={labels} note={note} />,
            cells: [show(row.before), show(row.after)],
          };
        })}
      />
      {more}
    </>
  );
}

export function BlockedTable({ plan, labels }: { plan: Plan; labels: Labels }) {
  const unit = usePage().config.denom;
  const columns = words.blockedColumns;
  const { shown, more } = useRows(plan.blocked, STAKE_ROWS);
  return (
    <>
      <h2>{words.blocked}</h2>
      <StackTable
        id="blocked"
        caption={words.blocked}
        isCaptionUnseen
        columns={[{ name: columns.validator }, { name: columns.tokens, isNumber: true }, { name: columns.why }, { name: columns.until }]}
        rows={shown.map((row) => ({
          key: row.validator,
          data: { 'data-why': row.why },
          head: <Validator address={row.validator} labels={labels} />,
          cells: [
            showAmount(BigInt(row.tokens), unit),
            words.why[row.why],
            row.free_at === null ? words.noDate : showTime(row.free_at),
          ],
        }))}
      />
      {more}
    </>
  );
}

export function LeftOutTable({ plan, labels }: { plan: Plan; labels: Labels }) {
  const rows = plan.validators.filter((row) => row.listed && row.exclusion !== null);
  const { shown, more } = useRows(rows, FIRST_ROWS);
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{words.left}</h2>
      <table id="left-out">
        <caption class="unseen">{words.left}</caption>
        <thead>
          <tr>
            <th scope="col">{words.leftColumns.validator}</th>
            <th scope="col">{words.leftColumns.why}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.validator}>
              <th scope="row">
                <Validator address={row.validator} labels={labels} />
              </th>
              <td>{words.exclusions[row.exclusion ?? ''] ?? row.exclusion}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}
