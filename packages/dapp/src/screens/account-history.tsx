// What an account did with the vault, and what came of it.
import { useState } from 'preact/hooks';
import { readHistory, type Gain, type HistoryRow } from '../account/history';
import { showAmount, type Unit } from '../amounts';
import { saveText } from '../network/csv';
import { NoIndexError } from '../node/search';
import { useLoaded, usePage } from '../page';
import { Loading } from '../parts/loading';
import { showDay, showTime } from '../times';
import { texts } from '../texts';
import type { ConfigResponse, PositionResponse } from '../vault/types';
import { sumWithdrawals } from '../vault/withdrawals';

const words = texts.accountHistory;
/** Rows shown until all are asked for. */
const FIRST_ROWS = 10;
/** A node's index may be a moment behind its blocks. Milliseconds. */
const INDEX_DELAY = 2_000;

interface Props {
  account: string;
  position: PositionResponse;
  config: ConfigResponse;
  shareUnit: Unit;
}

export function HistorySection({ account, position, config, shareUnit }: Props) {
  const page = usePage();
  const { chain, vault } = page;
  const unit = page.config.denom;
  const [isThorough, setThorough] = useState(false);
  const [isAll, setAll] = useState(false);
  const { waiting, ready } = sumWithdrawals(position.withdrawals);
  const worth = BigInt(position.tokens) + waiting + ready;
  const history = useLoaded(async () => {
    const owner = {
      account,
      vault: vault.address,
      denom: unit.base,
      shareDenom: 'cw20' in config.share ? null : config.share.denom.denom,
      shares: BigInt(position.shares),
      worth,
      symbol: unit.symbol,
      decimals: unit.decimals,
    };
    try {
      const read = await readHistory(chain, owner, isThorough);
      if (!read.lacks) return { ...read, worth };
      await new Promise((resolve) => setTimeout(resolve, INDEX_DELAY));
      return { ...(await readHistory(chain, owner, isThorough)), worth };
    } catch (error) {
      if (error instanceof NoIndexError) return null;
      throw error;
    }
    // what an account did changes its shares and withdrawals; what these are worth changes all the time
  }, [account, position.shares, position.withdrawals.map((it) => `${it.batch_id}:${it.shares}`).join(), isThorough]);
  const { data } = history;
  const rows = data === null ? [] : [...data.rows].reverse();
  return (
    <section id="history">
      <h2>{words.title}</h2>
      {data === null && history.isLoaded && <p class="notice">{words.noIndex}</p>}
      {data === null && !history.isLoaded && <Loading of={history} />}
      {data !== null && rows.length === 0 && <p>{words.empty}</p>}
      {data?.gain && <GainText gain={data.gain} worth={data.worth} unit={unit} />}
      {data?.lacks && (
        <div class="notice">
          <p>{isThorough ? words.lacksAll : words.lacks}</p>
          {!isThorough && (
            <button type="button" class="second" onClick={() => setThorough(true)}>
              {words.thorough}
            </button>
          )}
        </div>
      )}
      {data !== null && rows.length > 0 && (
        <>
          <div class="wide" tabIndex={0} role="region" aria-label={words.table}>
            <table class="stack" role="table">
              <caption>{words.table}</caption>
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col">{words.columns.time}</th>
                  <th role="columnheader" scope="col">{words.columns.kind}</th>
                  <th role="columnheader" scope="col" class="number">
                    {words.columns.tokens}
                  </th>
                  <th role="columnheader" scope="col" class="number">
                    {words.columns.shares}
                  </th>
                  <th role="columnheader" scope="col" class="number">
                    {words.columns.fee}
                  </th>
                  <th role="columnheader" scope="col">{words.columns.tx}</th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {rows.slice(0, isAll ? rows.length : FIRST_ROWS).map((row, index) => (
                  <Row key={`${row.tx}-${index}`} row={row} unit={unit} base={unit.base} shareUnit={shareUnit} />
                ))}
              </tbody>
            </table>
          </div>
          <p class="actions">
            {!isAll && rows.length > FIRST_ROWS && (
              <button type="button" class="second small" onClick={() => setAll(true)}>
                {words.showAll(rows.length)}
              </button>
            )}
            <button type="button" class="second small" onClick={() => saveText(`${page.config.chainId}-${account}.csv`, data.csv)}>
              {words.csv}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function Row({ row, unit, base, shareUnit }: { row: HistoryRow; unit: Unit; base: string; shareUnit: Unit }) {
  const { columns } = words;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" data-name={columns.time}>{row.time === null ? words.noTime : showTime(row.time)}</th>
      <td role="cell" data-name={columns.kind}>
        {words.kinds[row.kind]}
        {row.batch_id !== null && ` ${words.batch(row.batch_id)}`}
        {row.other !== null && (
          <>
            {' '}
            <code translate={false}>{row.other}</code>
          </>
        )}
      </td>
      <td role="cell" data-name={columns.tokens} class="number">{showSigned(row.tokens, unit)}</td>
      <td role="cell" data-name={columns.shares} class="number">{showSigned(row.shares, shareUnit)}</td>
      <td role="cell" data-name={columns.fee} class="number">{showFee(row.network_fee, base, unit)}</td>
      <td role="cell" data-name={columns.tx} translate={false}>{row.tx === null ? '–' : <code title={row.tx}>{`${row.tx.slice(0, 6)}…${row.tx.slice(-6)}`}</code>}</td>
    </tr>
  );
}

function GainText({ gain, worth, unit }: { gain: Gain; worth: bigint; unit: Unit }) {
  const came = BigInt(gain.gain);
  const amount = (tokens: bigint) => showAmount(tokens, unit);
  const since = gain.since === null ? words.noTime : showDay(gain.since);
  const facts = words.facts(since, amount(BigInt(gain.paid_in)), amount(BigInt(gain.came_back)), amount(worth));
  return (
    <p id="gain">
      {facts} {came === 0n ? words.evens : came < 0n ? words.loss(amount(-came)) : words.gain(amount(came))}
    </p>
  );
}

/** With its sign; nothing is a dash. */
function showSigned(amount: string, unit: Unit): string {
  const value = BigInt(amount);
  if (value === 0n) return '–';
  return value < 0n ? `−${showAmount(-value, unit)}` : `+${showAmount(value, unit)}`;
}

/** In the chain's own coin as an amount; in others as the chain writes it. */
function showFee(fee: string | null, base: string, unit: Unit): string {
  if (fee === null) return '–';
  const match = /^(\d+)(.+)$/.exec(fee);
  return match?.[1] !== undefined && match[2] === base ? showAmount(BigInt(match[1]), unit) : fee;
}
