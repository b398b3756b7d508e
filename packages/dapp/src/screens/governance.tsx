// Who can change what, what is about to change, and whether the vault is what it says.
import { showCount } from '../locale';
import { useMemo } from 'preact/hooks';
import { Changes } from '../governance/changes';
import { Contracts } from '../governance/contracts-list';
import { computeSettings } from '../governance/module';
import { Proposals } from '../governance/proposals';
import { isOwnAdmin, readGovernance, type Governance } from '../governance/read';
import { Roles } from '../governance/roles';
import { Rules } from '../governance/rules';
import { showDuration } from '../governance/values';
import { Verify } from '../governance/verify';
import { loadChecksums } from '../config';
import { useLoaded } from '../loaded';
import { useBlockTime, usePage } from '../page';
import { Loading } from '../parts/loading';
import { showTime } from '../times';
import { texts } from '../texts';

const words = texts.governance;

export function GovernanceScreen() {
  const { chain, vault, version, config } = usePage();
  const facts = useLoaded(() => readGovernance(chain, vault), [chain], version);
  const list = useLoaded(() => loadChecksums(config), [config]);
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
      </section>
      {facts.data === null ? <Loading of={facts} /> : <Glance facts={facts.data} />}
      {/* most of all where the vault does not answer as one */}
      {(facts.data !== null || facts.error !== null) && <Verify host={list.data} />}
      {facts.data !== null && <Facts facts={facts.data} list={list.data} />}
    </>
  );
}

function Facts({ facts, list }: { facts: Governance; list: { name: string; text: string } | null }) {
  const now = useBlockTime(facts.head.time);
  const rows = useMemo(() => computeSettings(facts.config, facts.changes, facts.head.time), [facts]);
  const { height, time } = facts.head;
  return (
    <>
      <Changes facts={facts} rows={rows} now={now} />
      <Proposals facts={facts} rows={rows} now={now} checksums={list?.text ?? null} />
      <Roles facts={facts} now={now} />
      <Rules facts={facts} rows={rows} />
      <Contracts facts={facts} />
      <p class="quiet">{texts.asOf(height, showTime(time))}</p>
    </>
  );
}

function Glance({ facts }: { facts: Governance }) {
  const now = useBlockTime(facts.head.time);
  const { owner, changes, brake } = facts;
  const { glance } = words;
  const waiting = changes.changes.filter((it) => now < it.expires_at).length;
  const open = owner.proposals?.filter((it) => it.status === 'open' || it.status === 'passed').length;
  const until = brake.until ?? 0;
  const figures: [string, string, string][] = [
    ['decides', glance.owner, tellOwner(facts)],
    ['notice', glance.notice, isOwnAdmin(facts) ? showDuration(changes.exit_delay) : glance.noNotice],
    ['waiting', glance.changes, showCount(waiting)],
    ['open', glance.proposals, open === undefined ? glance.untold : showCount(open)],
    ['brake-state', glance.brake, until > now ? words.brake.on(showTime(until)) : words.brake.off],
  ];
  return (
    <section class="figures" id="glance">
      <dl>
        {figures.map(([id, name, value]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd id={id}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Of a multisig that counts votes: how many of how many. */
function tellOwner({ owner }: Governance): string {
  const { glance } = words;
  if (owner.contract.info === null) return glance.key;
  const absolute = (owner.threshold as { absolute_count?: { weight?: unknown; total_weight?: unknown } } | null)?.absolute_count;
  if (typeof absolute?.weight === 'number' && typeof absolute.total_weight === 'number') {
    const { weight: needed, total_weight: all } = absolute;
    return owner.voters?.some((it) => it.weight >= needed) ? glance.alone(needed, all) : glance.absolute(needed, all);
  }
  return owner.voters === null ? glance.contract : glance.members(owner.voters.length);
}
