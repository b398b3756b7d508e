// One validator: why it has the stake of the vault that it has, and what would change that.
import { useEffect } from 'preact/hooks';
import { showAmount, showPercent } from '../amounts';
import { cleanName } from '../names';
import type { CommissionChange } from '../operators/commissions';
import { readDetail, tryExplanation, type OperatorDetail, type OperatorFacts, type OperatorRow } from '../operators/operators';
import { kindOf, nameOf, showUptime, tellCapOf, tellHeld, tellMissed, tellNoUptime, tellObstacle, tellTroubles } from '../operators/words';
import { useLoaded } from '../loaded';
import { usePage } from '../page';
import { CopyButton } from '../parts/copy-button';
import { Loading } from '../parts/loading';
import { OperatorBadge } from '../parts/operator-badge';
import { ChangeMark, linkOf, OperatorLink, SiteLink, StateMark } from '../parts/operator-parts';
import { WhatIf } from '../parts/what-if';
import { showDay, showTime } from '../times';
import { texts } from '../texts';
import type { CapInfo, ExplainResponse } from '../vault/types';

const words = texts.operators;

interface Props {
  facts: OperatorFacts;
  changes: Map<string, CommissionChange>;
  validator: string;
}

export function OperatorScreen({ facts, changes, validator }: Props) {
  const { chain, vault } = usePage();
  const row = facts.rows.find((it) => it.validator === validator);
  useEffect(() => {
    const before = document.title;
    document.title = `${row ? nameOf(row) : validator} · ${before}`;
    return () => {
      document.title = before;
    };
  }, [validator]);
  const detail = useLoaded(async () => (row === undefined ? null : readDetail(chain, vault, facts, row)), [validator], facts);
  const back = (
    <p class="back">
      <a href="#/defenders">← {words.own.back}</a>
    </p>
  );
  if (row === undefined) {
    return (
      <>
        {back}
        <h1>{texts.nav.defenders}</h1>
        <p class="notice bad" role="status">
          {words.own.none(validator)}
        </p>
      </>
    );
  }
  return (
    <>
      {back}
      <Heading row={row} />
      <Warnings facts={facts} row={row} />
      {detail.data === null ? (
        <Loading of={detail} />
      ) : (
        <Body facts={facts} row={row} detail={detail.data} change={changes.get(validator)} />
      )}
    </>
  );
}

function Heading({ row }: { row: OperatorRow }) {
  const link = `${location.origin}${location.pathname}${linkOf(row.validator)}`;
  return (
    <section class="hero">
      <h1 translate={false}>
        <bdi>{nameOf(row)}</bdi>
      </h1>
      <p>
        <StateMark row={row} /> {words.stateNote[kindOf(row)]} {row.website && <SiteLink site={row.website} />}
      </p>
      {row.otherName && (
        <p class="quiet">
          {words.own.calls} <bdi translate={false}>{row.otherName}</bdi>
        </p>
      )}
      {row.isListed && <p class="lead">{row.reason ?? words.own.noReason}</p>}
      <p class="quiet">
        {words.own.address} <code translate={false}>{row.validator}</code>
      </p>
      <p class="actions">
        <CopyButton label={words.own.copyAddress} text={row.validator} />
        <CopyButton label={words.own.copyLink} text={link} />
      </p>
    </section>
  );
}

function Warnings({ facts, row }: { facts: OperatorFacts; row: OperatorRow }) {
  const alike = facts.rows.filter((it) => row.alike.includes(it.validator));
  return (
    <>
      {tellTroubles(row).map((trouble) => (
        <p key={trouble} class={row.fate === null ? 'notice' : 'notice bad'}>
          {trouble}
        </p>
      ))}
      {alike.length > 0 && (
        <div class="notice" id="alike">
          <p>{words.alike(alike.length)}</p>
          {!row.isListed && alike.some((it) => it.isListed) && (
            <p>
              <strong>{words.alikeListed}</strong>
            </p>
          )}
          <ul class="plain" role="list">
            {alike.map((it) => (
              <li key={it.validator}>
                <OperatorLink row={it} /> <StateMark row={it} />
                <code class="under" translate={false}>
                  {it.validator}
                </code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface BodyProps {
  facts: OperatorFacts;
  row: OperatorRow;
  detail: OperatorDetail;
  change: CommissionChange | undefined;
}

function Body(props: BodyProps) {
  const { facts, row, detail } = props;
  const { head } = facts;
  return (
    <>
      <Figures {...props} />
      <section id="why">
        <h2>{row.vault > 0n ? words.own.why : words.own.whyNot}</h2>
        {detail.explain ? <Why explain={detail.explain} row={row} facts={facts} /> : <Unlisted facts={facts} row={row} detail={detail} />}
      </section>
      <WhatIf facts={facts} detail={detail} validator={row.validator} />
      {/* for who is in good standing only */}
      {row.isListed && row.fate === null && row.state !== 'leaving' && <OperatorBadge row={row} time={head.time} />}
      <p class="quiet">{texts.asOf(head.height, showTime(head.time))}</p>
    </>
  );
}

function Figures({ facts, row, detail, change }: BodyProps) {
  const unit = usePage().config.denom;
  const ends = row.info?.listing?.ends_at;
  const figures: [string, string, string, string | null][] = [
    ['tokens', words.columns.tokens, showAmount(row.tokens, unit), null],
    ['vault-tokens', words.columns.vault, showAmount(row.vault, unit), null],
    ['others', words.columns.others, showAmount(row.tokens - row.vault, unit), null],
    ['target', words.own.target, detail.explain ? showAmount(BigInt(detail.explain.target), unit) : '–', null],
    ['self-bond', words.own.selfBond, showAmount(detail.selfBond, unit), null],
    ['rank', words.own.rank, row.rank === null ? words.own.rankNone : words.own.rankOf(row.rank, facts.bondedCount), null],
    [
      'commission',
      words.columns.commission,
      showPercent(row.commission),
      `${words.mostCommission(showPercent(row.maxCommission))}. ${words.own.maxChange(showPercent(row.maxChange))}`,
    ],
    ['uptime', words.columns.uptime, row.uptime ? showUptime(row.uptime) : tellNoUptime(row), row.uptime && tellMissed(row.uptime)],
    [
      'since',
      words.columns.since,
      row.listedAt === null ? '–' : showDay(row.listedAt),
      typeof ends === 'number' ? words.own.until(showDay(ends)) : null,
    ],
  ];
  return (
    <section class="figures">
      <dl>
        {figures.map(([id, name, value, note]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd id={id}>
              {value}
              {note && <span class="under quiet">{note}</span>}
              {id === 'commission' && <ChangeMark change={change} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Why({ explain, row, facts }: { explain: ExplainResponse; row: OperatorRow; facts: OperatorFacts }) {
  const unit = usePage().config.denom;
  const { exclusion, excluded_since: since, cleared_by: clearedBy, leaves_from: leaves } = explain;
  // a vault cannot tell a tombstoned one from one that is jailed
  const cause = exclusion === 'jailed' && row.fate === 'tombstoned' ? 'tombstoned' : exclusion;
  const sentences: string[] = [];
  if (cause) sentences.push(words.own.isExcluded(words.exclusions[cause], typeof since === 'number' ? showDay(since) : null));
  if (row.fate === 'tombstoned') sentences.push(`${words.own.clearedBy} ${words.own.neverCleared}`);
  else if (clearedBy) sentences.push(`${words.own.clearedBy} ${clearedBy}.`);
  if (typeof leaves === 'number') sentences.push(words.own.leavesFrom(showDay(leaves)));
  const counted = BigInt(explain.delegated);
  // stake that the chain has rounded off is not worth a word
  if (row.vault * 1_000n < counted * 999n) sentences.push(words.own.unbooked(showAmount(row.vault, unit), showAmount(counted, unit)));
  const meant = BigInt(explain.target);
  // what came by rewards and rounding is not worth a word
  if (!exclusion && row.vault * 20n > meant * 21n) sentences.push(words.own.over(showAmount(row.vault, unit), showAmount(meant, unit)));
  if (!exclusion) sentences.push(tellHeld(explain.binding, facts));
  if (explain.room !== '0') sentences.push(words.own.room(showAmount(BigInt(explain.room), unit)));
  if (typeof explain.redelegation_locked_until === 'number') {
    sentences.push(words.own.locked(showDay(explain.redelegation_locked_until)));
  }
  if (typeof explain.retry_at === 'number') sentences.push(words.own.retry(showTime(explain.retry_at)));
  return (
    <>
      {sentences.map((it) => (
        <p key={it}>{it}</p>
      ))}
      {explain.caps.length > 0 && <Caps caps={explain.caps} facts={facts} />}
    </>
  );
}

function Caps({ caps, facts }: { caps: CapInfo[]; facts: OperatorFacts }) {
  const unit = usePage().config.denom;
  const columns = words.own.capColumns;
  const amount = (name: string, tokens: string) => (
    <td role="cell" data-name={name} class="number">
      {showAmount(BigInt(tokens), unit)}
    </td>
  );
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={words.own.caps}>
      <table id="caps" class="stack" role="table">
        <caption>{words.own.caps}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">{columns.cap}</th>
            {[columns.most, columns.held, columns.slack].map((name) => (
              <th key={name} role="columnheader" scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {caps.map((cap) => (
            <tr key={`${cap.cap} ${cap.group}`} role="row" class={cap.binds ? 'in-third' : undefined}>
              <th role="rowheader" scope="row">
                {cap.group ? words.own.ofGroup(tellCapOf(cap.cap, facts), cleanName(cap.group) ?? '') : tellCapOf(cap.cap, facts)}{' '}
                {cap.binds && <span class="mark warn">{words.own.binds}</span>}
              </th>
              {amount(columns.most, cap.tokens)}
              {amount(columns.held, cap.held)}
              {amount(columns.slack, cap.slack)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Unlisted({ facts, row, detail }: { facts: OperatorFacts; row: OperatorRow; detail: OperatorDetail }) {
  const answer = tryExplanation(facts, detail, row.validator, {});
  if ('reason' in answer) return <p>{words.own.notListed}</p>;
  const { obstacles } = answer.explanation;
  return (
    <>
      <p>{words.own.notListed}</p>
      <p>{obstacles.length === 0 ? words.own.noObstacles : words.own.obstacles}</p>
      <ul id="obstacles">
        {obstacles.map((it) => (
          <li key={it.kind}>{tellObstacle(it)}</li>
        ))}
      </ul>
    </>
  );
}
