// Changes that wait: what, from when, and how long one can leave before.
import { showAmount } from '../amounts';
import { cleanName } from '../names';
import { usePage } from '../page';
import { showTime } from '../times';
import { texts } from '../texts';
import type { Change, ChangeInfo, ListingInput } from '../vault/types';
import { Address, Instant } from './instant';
import type { SettingRow } from './module';
import type { Governance } from './read';
import { showDuration, showValue } from './values';

const words = texts.governance.changes;

export function Changes({ facts, rows, now }: { facts: Governance; rows: SettingRow[]; now: number }) {
  const { changes, config } = facts;
  const sorted = [...changes.changes].sort((one, other) => one.due_at - other.due_at || one.id - other.id);
  return (
    <section aria-labelledby="changes-title" id="changes">
      <h2 id="changes-title">{words.title}</h2>
      <p>{changes.has_depositors ? words.wait(showDuration(changes.exit_delay), showDuration(config.unbonding_time)) : words.early}</p>
      {changes.changes.length === 0 ? (
        <p>{words.nothing}</p>
      ) : (
        <ul class="cards two-cards" role="list">
          {sorted.map((info) => (
            <li key={info.id} class="card" data-change={info.id}>
              <ChangeCard info={info} facts={facts} rows={rows} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ChangeCard({ info, facts, rows, now }: { info: ChangeInfo; facts: Governance; rows: SettingRow[]; now: number }) {
  const { exit_delay: delay } = facts.changes;
  // who asks by then is out before: the rest of the delay is slack
  const leaveBy = info.due_at - (delay - facts.config.exit_slack);
  const isGone = now >= info.expires_at;
  return (
    <>
      <p class="quiet">{words.number(info.id)}</p>
      <What change={info.change} rows={rows} />
      {isGone ? (
        <p>{words.expired}</p>
      ) : (
        <dl class="rows">
          <div>
            <dt>{words.due}</dt>
            <dd>
              {now >= info.due_at ? (
                words.dueNow
              ) : (
                <>
                  <Instant at={info.due_at} now={now} />
                  {words.dueLater}
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>{words.ifYouMind}</dt>
            <dd>{now < leaveBy ? words.askBy(showTime(leaveBy)) : words.askLate}</dd>
          </div>
          <div>
            <dt>{words.ends}</dt>
            <dd>
              <Instant at={info.expires_at} now={now} />
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}

function What({ change, rows }: { change: Change; rows: SettingRow[] }) {
  const { denom } = usePage().config;
  if ('setting' in change) {
    const { name, now, then } = change.setting;
    const row = rows.find((it) => it.name === name);
    const show = (value: string | null | undefined) => showValue(row?.unit ?? '', value ?? null, denom);
    return (
      <>
        <h3>{texts.governance.rules.names[name] ?? name}</h3>
        <p class="from-to">
          {words.from} <strong>{show(now)}</strong> {words.to} <strong>{show(then)}</strong>
        </p>
        {row && <p class="quiet">{row.what}.</p>}
      </>
    );
  }
  if ('listings' in change) {
    const { validators } = change.listings;
    return (
      <>
        <h3>{words.listings(validators.length)}</h3>
        <ul class="plain">
          {validators.map((it) => (
            <li key={it.validator}>
              <Listing listing={it} />
            </li>
          ))}
        </ul>
      </>
    );
  }
  const { contract, code_id: code, checksum } = change.upgrade;
  return (
    <>
      <h3>{words.upgrade(words.contracts[contract])}</h3>
      <p>{words.upgradeText(code)}</p>
      <p class="quiet">
        SHA-256 <Address address={checksum} />
      </p>
    </>
  );
}

/** Who joins, with its own name and what bounds it. */
function Listing({ listing }: { listing: ListingInput }) {
  const { denom } = usePage().config;
  const { validator, max_tokens: most, ends_at: end, groups } = listing;
  const terms = [
    ...(most ? [words.most(showAmount(BigInt(most), denom))] : []),
    ...(end ? [words.until(showTime(end))] : []),
    ...[groups?.operator, groups?.hosting, groups?.jurisdiction].filter((it) => it != null),
  ];
  return (
    <>
      <bdi translate={false}>{cleanName(listing.name ?? '')}</bdi> <Address address={validator} />
      {terms.length > 0 && <span class="quiet"> {terms.join(', ')}</span>}
    </>
  );
}
