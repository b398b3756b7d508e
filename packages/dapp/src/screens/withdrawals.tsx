// One row per withdrawal: where it stands, what it brings and when, what can be done.
import { writeCalendar } from '../account/calendar';
import { showAmount } from '../amounts';
import { saveText } from '../network/csv';
import { isSigningOff, useBlockTime, usePage } from '../page';
import { daysOf, showTime } from '../times';
import { texts } from '../texts';
import { cancelCall, claimCall } from '../vault/messages';
import type { ConfigResponse, WithdrawalInfo } from '../vault/types';
import { isPaidByIdle, sumWithdrawals, tellPayment } from '../vault/withdrawals';

const words = texts.position;

/** Claims of one transaction at most, and on a hardware wallet, which takes as few messages as in *Spread*. */
const MOST_CLAIMS = 8;
const MOST_ON_DEVICE = 5;

interface Props {
  account: string;
  rows: WithdrawalInfo[];
  config: ConfigResponse;
  /** Of the block at which they were read, seconds. */
  since: number;
  isOwn: boolean;
}

export function Withdrawals({ account, rows, config: vaultConfig, since, isOwn }: Props) {
  const { config, tx, node, vault, wallet } = usePage();
  const isOff = tx.step !== null || isSigningOff(node, config);
  const now = useBlockTime(since);
  const { columns } = words;
  const most = wallet.key?.isNanoLedger === true ? MOST_ON_DEVICE : MOST_CLAIMS;
  const ready = rows.filter((row) => row.state === 'claimable').slice(0, most);
  const claimAll = () =>
    tx.runAll(
      'claim',
      ready.map((row) => ({ sender: account, contract: vault.address, ...claimCall(row.batch_id) })),
    );
  const saveReminder = ({ batch_id: batchId, pays_at: paysAt }: WithdrawalInfo, tokens: string) => {
    if (!paysAt) return;
    const { chainId } = config;
    const address = `${location.origin}${location.pathname}#/position/${account}`;
    const reminder = { chainId, vault: vault.address, account, batchId, tokens, ...paysAt, address };
    saveText(`withdrawal-${batchId}.ics`, writeCalendar(reminder, Math.floor(Date.now() / 1000)), 'text/calendar');
  };
  return (
    <section>
      <h2>{words.table}</h2>
      <div class="wide" tabIndex={0} role="region" aria-label={words.table}>
        {/* roles by name: phones show rows as blocks, which browsers take for no table */}
        <table id="withdrawals" class="stack" role="table">
          <caption class="unseen">{words.table}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">{columns.batch}</th>
              <th role="columnheader" scope="col">{columns.state}</th>
              <th role="columnheader" scope="col" class="number">
                {columns.tokens}
              </th>
              <th role="columnheader" scope="col">{columns.date}</th>
              <th role="columnheader" scope="col">{columns.act}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => {
              const tokens = showAmount(BigInt(row.tokens), config.denom);
              const { likely, latest } = tellPayment(row, now);
              return (
                <tr key={row.batch_id} role="row" data-state={row.state}>
                  <th role="rowheader" scope="row" data-name={columns.batch}>
                    {row.batch_id}
                  </th>
                  <td role="cell" data-name={columns.state}>
                    <details>
                      <summary>{words.states[row.state]}</summary>
                      <p class="quiet">{explain(row, vaultConfig, now)}</p>
                    </details>
                  </td>
                  <td role="cell" data-name={columns.tokens} class="number">
                    {row.state === 'claimable' ? tokens : words.estimate(tokens)}
                  </td>
                  <td role="cell" data-name={columns.date}>
                    <div>
                      {likely}
                      {latest !== null && <span class="quiet under">{latest}</span>}
                    </div>
                  </td>
                  <td role="cell">
                    <div class="acts">
                      {isOwn && row.state === 'claimable' && (
                        <button type="button" class="button small" disabled={isOff} aria-label={words.claimOf(row.batch_id)} onClick={() => void tx.run('claim', claimCall(row.batch_id))}>
                          {words.claim}
                        </button>
                      )}
                      {isOwn && row.state === 'open' && (
                        <button type="button" class="second small" disabled={isOff} aria-label={words.cancelOf(row.batch_id)} onClick={() => void tx.run('cancel', cancelCall(row.batch_id))}>
                          {words.cancel}
                        </button>
                      )}
                      {row.state !== 'claimable' && row.pays_at && (
                        <button type="button" class="second small" onClick={() => saveReminder(row, tokens)} aria-label={texts.calendar.saveOf(row.batch_id)}>
                          {texts.calendar.save}
                        </button>
                      )}
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {isOwn && ready.length > 1 && (
        <p class="actions">
          <button type="button" class="button" disabled={isOff} onClick={() => void claimAll()}>
            {texts.claimAll.submit(ready.length, showAmount(sumWithdrawals(ready).ready, config.denom))}
          </button>
        </p>
      )}
      {rows.some((row) => row.state !== 'claimable') && <Notes days={daysOf(vaultConfig.unbonding_time)} hasTwoDates={rows.some((row) => row.pays_at)} />}
    </section>
  );
}

function Notes({ days, hasTwoDates }: { days: number; hasTwoDates: boolean }) {
  const { notes } = words;
  return (
    <>
      <p class="quiet">{notes.estimate}</p>
      {hasTwoDates && (
        <details>
          <summary>{notes.twoDates}</summary>
          <p class="quiet">{notes.likely(days)}</p>
          <p class="quiet">{notes.latest}</p>
        </details>
      )}
    </>
  );
}

/** What the state means, and when it goes on. */
function explain(row: WithdrawalInfo, config: ConfigResponse, now: number): string {
  const { state, next_at: next } = row;
  const days = daysOf(config.unbonding_time);
  const when = typeof next === 'number' ? showTime(next) : null;
  return texts.withdrawalStates[state](days, when, isPaidByIdle(row, config.unbonding_time, now));
}
