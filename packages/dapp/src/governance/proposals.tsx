// Proposals of the owner: whose words they are, what they would do, and who has voted.
import { useState } from 'preact/hooks';
import { useLoaded } from '../loaded';
import { tell, usePage } from '../page';
import { Loading } from '../parts/loading';
import { cleanName } from '../names';
import { localTimes, showTime } from '../times';
import { texts } from '../texts';
import { Address, Instant } from './instant';
import { foldMessages, groupWarnings, isLong, type Warned } from './fold';
import type { EffectRow, MessageRow, ProposalReport, SettingRow } from './module';
import { chooseShown, countProposals, FIRST_PROPOSALS, type Counted, type Governance } from './read';
import { Values, Voters } from './proposal-tables';
import { showMaximum, showValue } from './values';

const words = texts.governance.proposals;
/** How many earlier ones are shown at a time. */
const MORE_PROPOSALS = 10;
/** Effects of a message that are shown before the rest is opened. */
const FIRST_EFFECTS = 5;
/** What still goes on, and what can be carried out at any moment, stand out. */
const STATE_MARKS: Record<string, string> = { open: 'good', passed: 'warn' };
/** Warnings, and messages of one kind, that are shown before the rest is opened. */
const FIRST_WARNINGS = 10;
const FIRST_OF_KIND = 3;
/** Letters of a title that stand in the heading. */
const MOST_OF_TITLE = 140;

export function Proposals({ facts, rows, now, checksums }: { facts: Governance; rows: SettingRow[]; now: number; checksums: string | null }) {
  return (
    <section aria-labelledby="proposals-title" id="proposals">
      <h2 id="proposals-title">{words.title}</h2>
      {facts.owner.proposals === null ? <p>{words.noMultisig}</p> : <List facts={facts} rows={rows} now={now} checksums={checksums} />}
    </section>
  );
}

function List({ facts, rows, now, checksums }: { facts: Governance; rows: SettingRow[]; now: number; checksums: string | null }) {
  const { chain } = usePage();
  const [most, setMost] = useState(FIRST_PROPOSALS);
  const all = facts.owner.proposals ?? [];
  const shown = chooseShown(all, most);
  const counted = useLoaded(async () => {
    try {
      return await countProposals(chain, facts, shown, checksums);
    } catch (error) {
      throw new Error(words.failed(tell(error)));
    }
  }, [most, checksums], facts);
  if (counted.data === null) return <Loading of={counted} />;
  if (all.length === 0) return <p>{words.none}</p>;
  return (
    <>
      <p>{words.lead(counted.data.executor ?? words.unknownExecutor)}</p>
      <ul class="cards two-cards" role="list">
        {[...counted.data.rows.filter(isPendingRow), ...counted.data.rows.filter((row) => !isPendingRow(row))].map((row) => (
          <li key={row.id} class="card" data-proposal={row.id} data-state={row.report?.count.status}>
            <Proposal row={row} rows={rows} now={now} facts={facts} />
          </li>
        ))}
      </ul>
      {shown.length < all.length && (
        <p class="actions">
          <button type="button" class="second small" onClick={() => setMost(most + MORE_PROPOSALS)}>
            {words.more}
          </button>
        </p>
      )}
    </>
  );
}

/** What can still do something comes first. */
const isPendingRow = ({ report }: Counted): boolean => report?.count.status === 'open' || report?.count.status === 'passed';

function Proposal(props: { row: Counted; rows: SettingRow[]; now: number; facts: Governance }) {
  const { row, rows, now } = props;
  const { report } = row;
  if (report === null) {
    return (
      <>
        <h3>{words.heading(row.id, words.noTitle)}</h3>
        <p>{words.unread(row.error ?? '')}</p>
      </>
    );
  }
  const { count } = report;
  const isPending = isPendingRow(row);
  const title = cleanName(report.title ?? '', Infinity) ?? words.noTitle;
  const isCut = title.length > MOST_OF_TITLE;
  const does = <Does report={report} rows={rows} isPending={isPending} facts={props.facts} />;
  return (
    <>
      <h3 translate={false}>
        <bdi>{words.heading(count.id, isCut ? `${title.slice(0, MOST_OF_TITLE)}…` : title)}</bdi>
      </h3>
      <p>
        <span class={`mark ${STATE_MARKS[count.status] ?? ''}`}>{words.states[count.status]}</span>
      </p>
      {isCut && <Quoted text={title} label={words.wholeTitle} />}
      {report.description && <Quoted text={report.description} label={words.description} />}
      {isPending && report.warnings.length > 0 && <Warnings of={groupWarnings(report.warnings)} />}
      {isPending ? (
        <>
          <h4>{words.would}</h4>
          {does}
        </>
      ) : (
        <details>
          <summary aria-label={words.ofProposal(words.did, row.id)}>{words.did}</summary>
          {does}
        </details>
      )}
      <p class="quiet">
        {words.proposer} <Address address={count.proposer} />
      </p>
      <Values report={report} />
      <Voters row={row} voters={isPending ? props.facts.owner.voters : null} />
      <p>
        <Tally report={report} isPending={isPending} /> <Ends report={report} now={now} />
      </p>
    </>
  );
}

/** Its author's words; what is long scrolls by itself. */
function Quoted({ text, label }: { text: string; label: string }) {
  if (!isLong(text)) {
    return (
      <p class="quoted" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <div class="quoted long" dir="auto" role="region" aria-label={label} tabIndex={0}>
      {text}
    </div>
  );
}

function Warnings({ of }: { of: Warned[] }) {
  const list = (some: Warned[]) => (
    <ul>
      {some.map(({ message, places }) => (
        <li key={message}>
          {localTimes(message)}
          {places[0]?.replace(/\.$/, '') && (
            <span class="quiet">
              {' '}
              (<code translate={false}>{places[0].replace(/\.$/, '')}</code>
              {places.length > 1 && words.morePlaces(places.length - 1)})
            </span>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <div class="notice warnings">
      <h4>{words.look}</h4>
      {list(of.slice(0, FIRST_WARNINGS))}
      {of.length > FIRST_WARNINGS && (
        <details>
          <summary>{words.moreEffects(of.length - FIRST_WARNINGS)}</summary>
          {list(of.slice(FIRST_WARNINGS))}
        </details>
      )}
    </div>
  );
}

function Tally({ report, isPending }: { report: ProposalReport; isPending: boolean }) {
  const { votes, total_weight: all, passes_with: passes } = report.count;
  return (
    <>
      {words.votes(votes.yes, votes.no, votes.abstain, votes.veto, all)} {isPending && words.passes(passes)}
    </>
  );
}

function Does(props: { report: ProposalReport; rows: SettingRow[]; isPending: boolean; facts: Governance }) {
  const { shown, folded } = foldMessages(props.report.messages, FIRST_OF_KIND);
  const list = (some: MessageRow[]) => some.map((message) => <Message key={message.place} {...props} message={message} />);
  return (
    <>
      {list(shown)}
      {folded.length > 0 && (
        <details>
          <summary>{words.moreMessages(folded.length)}</summary>
          {list(folded)}
        </details>
      )}
    </>
  );
}

function Ends({ report, now }: { report: ProposalReport; now: number }) {
  const { status, expires, expires_at: at } = report.count;
  if (status !== 'open') return null;
  if (at === null) return <>{words.ends(expires)}.</>;
  if (now >= at) return <>{words.ended(showTime(at))}</>;
  return (
    <>
      {words.ends('')}
      <Instant at={at} now={now} />.
    </>
  );
}

function Message(props: { message: MessageRow; rows: SettingRow[]; isPending: boolean; facts: Governance }) {
  const { message } = props;
  const { effects, name } = message;
  const told = words.messages[name];
  return (
    <div class="message">
      <p>
        {told} {told ? <code translate={false}>{name}</code> : <strong translate={false}>{name}</strong>}
        {message.contract !== null && message.contract !== props.facts.vault.address && (
          <>
            {' '}
            {words.to} <Address address={message.contract} />
          </>
        )}
      </p>
      <Effects {...props} effects={effects.slice(0, FIRST_EFFECTS)} />
      {effects.length > FIRST_EFFECTS && (
        <details>
          <summary>{words.moreEffects(effects.length - FIRST_EFFECTS)}</summary>
          <Effects {...props} effects={effects.slice(FIRST_EFFECTS)} />
        </details>
      )}
    </div>
  );
}

function Effects(props: { effects: EffectRow[]; rows: SettingRow[]; isPending: boolean; facts: Governance }) {
  if (props.effects.length === 0) return null;
  return (
    <ul class="effects">
      {props.effects.map((effect, index) => (
        <Effect key={index} {...props} effect={effect} />
      ))}
    </ul>
  );
}

function Effect({ effect, rows, isPending, facts }: { effect: EffectRow; rows: SettingRow[]; isPending: boolean; facts: Governance }) {
  const { denom } = usePage().config;
  const setting = rows.find((it) => it.name === effect.what);
  const show = (value: string | null) => localTimes(showMaximum(showValue(setting?.unit ?? '', value, denom), denom));
  // a setting is taken away by giving it none
  const isTold = effect.then !== null || setting !== undefined;
  const isCompared = isPending && effect.now_is_known;
  const when = effect.earliest !== null ? words.notBefore(showTime(effect.earliest)) : effect.when === 'at once' ? words.atOnce : '';
  const judged = [words.effects[effect.effect] ?? '', when].filter((it) => it !== '').join('; ');
  return (
    <li data-effect={effect.effect}>
      <Subject what={effect.what} facts={facts} />
      {isTold && `: ${isCompared ? `${show(effect.now)} → ` : ''}${show(effect.then)}`}
      {effect.effect === 'acts' && effect.reason !== '' && `: ${localTimes(effect.reason)}`}
      {isPending && judged !== '' && <span class="quiet"> ({judged})</span>}
    </li>
  );
}

/** A setting, a validator by its name on the list, or what else the module says. */
function Subject({ what, facts }: { what: string; facts: Governance }) {
  const setting = texts.governance.rules.names[what];
  const operator = /^listing of (\S+)$/.exec(what)?.[1];
  if (operator === undefined) return <strong>{setting ?? what}</strong>;
  const name = cleanName(facts.known.find((it) => it.validator === operator)?.listing?.name ?? '');
  return (
    <>
      <strong>{words.listing}</strong>{' '}
      {name && (
        <bdi translate={false}>{name}</bdi>
      )}{' '}
      <Address address={operator} />
    </>
  );
}
