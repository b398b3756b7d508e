// Who may do what, the brake, and the worst that stolen keys could do.
import { showAmount, showPercent } from '../amounts';
import type { ComponentChildren } from 'preact';
import { usePage } from '../page';
import { showTime } from '../times';
import { texts } from '../texts';
import { Address } from './instant';
import type { Governance } from './read';
import { showDuration, tellCountdown } from './values';

const words = texts.governance.roles;

export function Roles({ facts, now }: { facts: Governance; now: number }) {
  return (
    <section aria-labelledby="roles-title" id="roles">
      <h2 id="roles-title">{words.title}</h2>
      <ul class="cards two-cards" role="list">
        {rolesOf(facts, now).map((role) => (
          <li key={role.name} class="card">
            <h3>{role.name}</h3>
            <p class="who">{role.who}</p>
            <dl>
              <dt>{words.columns.may}</dt>
              <dd>{role.may}</dd>
              {role.cannot && (
                <>
                  <dt>{words.columns.cannot}</dt>
                  <dd>{role.cannot}</dd>
                </>
              )}
            </dl>
          </li>
        ))}
      </ul>
      <Brake facts={facts} now={now} />
      <WorstCase facts={facts} />
    </section>
  );
}

interface Role {
  name: string;
  who: ComponentChildren;
  may: string;
  cannot: string;
}

function rolesOf(facts: Governance, now: number): Role[] {
  const { config, ownership, owner } = facts;
  const listed = facts.known.filter((it) => it.listed).length;
  const roles: Role[] = [
    { name: words.owner, who: <Address address={config.owner} />, may: words.ownerMay, cannot: words.ownerCannot },
  ];
  const { pending_owner: offered, expires_at: until } = ownership;
  if (offered) {
    const isOver = typeof until === 'number' && now >= until;
    const may = isOver ? words.offeredOver : words.offeredMay(showTime(until ?? 0));
    roles.push({ name: words.offered, who: <Address address={offered} />, may, cannot: '' });
  }
  if (owner.group !== null) roles.push(groupOf(facts));
  const guardian = config.guardian ? <Address address={config.guardian} /> : words.noGuardian;
  roles.push(
    { name: words.guardian, who: guardian, may: words.guardianMay, cannot: words.guardianCannot },
    { name: words.operators(listed), who: words.notAny, may: words.operatorsMay, cannot: words.operatorsCannot },
    { name: words.chain, who: words.notAny, may: words.chainMay, cannot: words.chainCannot },
    { name: words.anybody, who: words.notAny, may: words.anybodyMay, cannot: words.anybodyCannot },
  );
  return roles;
}

function groupOf({ owner }: Governance): Role {
  const { groupAdmin: admin } = owner;
  const isSelf = admin === owner.contract.address;
  let who: ComponentChildren = words.groupUntold;
  if (admin === '') who = words.groupFixed;
  else if (isSelf) who = words.groupSelf;
  else if (admin !== null) who = <Address address={admin} />;
  const isForeign = admin !== null && admin !== '' && !isSelf;
  return { name: words.group, who, may: words.groupMay, cannot: isForeign ? words.groupForeignCannot : words.groupCannot };
}

function Brake({ facts, now }: { facts: Governance; now: number }) {
  const { brake } = facts;
  const told = texts.governance.brake;
  const until = brake.until ?? 0;
  const isOn = until > now;
  return (
    <div id="brake" data-on={isOn}>
      <h3>{told.title}</h3>
      <p class={isOn ? 'notice' : undefined}>
        {isOn ? told.onText(showTime(until), tellCountdown(until, now) ?? '') : brake.is_armed || !brake.guardian ? told.offText : told.usedText}
      </p>
    </div>
  );
}

function WorstCase({ facts }: { facts: Governance }) {
  const { denom } = usePage().config;
  const { exit_delay: delay, share, share_per_epoch: perEpoch, tokens, epochs } = facts.worstCase;
  return (
    <div id="worst-case">
      <h3>{words.worstTitle}</h3>
      <p>{words.worst(showPercent(share), showDuration(delay), showAmount(BigInt(tokens), denom), showPercent(perEpoch), epochs)}</p>
    </div>
  );
}
