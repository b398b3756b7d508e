// The contracts by their addresses, with their code and who may replace it.
import { showCount } from '../locale';
import { CopyButton } from '../parts/copy-button';
import { cleanName } from '../names';
import { texts } from '../texts';
import type { ContractFacts } from './contracts';
import { Address } from './instant';
import { isOwnAdmin, type Governance } from './read';

const words = texts.governance.contracts;

export function Contracts({ facts }: { facts: Governance }) {
  const { vault, pot, owner } = facts;
  const all: [string, string, ContractFacts][] = [
    ['vault', words.names.vault, vault],
    ['pot', words.names.pot, pot],
    ['owner', words.names.owner, owner.contract],
  ];
  if (owner.group !== null) all.push(['group', words.names.group, owner.group]);
  return (
    <section aria-labelledby="contracts-title" id="contracts">
      <h2 id="contracts-title">{words.title}</h2>
      {isOwnAdmin(facts) ? <p>{words.lead}</p> : <p class="notice bad">{words.foreignAdmin}</p>}
      <ul class="cards two-cards" role="list">
        {all.map(([id, name, contract]) => (
          <li key={id} class="card" data-contract={id}>
            <h3>{name}</h3>
            <Contract name={name} contract={contract} owner={owner.contract.address} vault={vault.address} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Admin({ admin, self, owner, vault }: { admin: string | null; self: string; owner: string; vault: string }) {
  if (admin === null) return <>{words.nobody}</>;
  if (admin === self) return <>{words.self}</>;
  if (admin === vault) return <>{words.vaultAdmin}</>;
  if (admin === owner) return <>{words.ownerAdmin}</>;
  return <Address address={admin} />;
}

function Contract({ name, contract, owner, vault }: { name: string; contract: ContractFacts; owner: string; vault: string }) {
  const { address, info, code, cw2 } = contract;
  return (
    <dl>
      <dt>{words.address}</dt>
      <dd>
        <Address address={address} /> <CopyButton text={address} of={`${words.address}: ${name}`} />
      </dd>
      {info === null ? (
        <dd>{words.isKey}</dd>
      ) : (
        <>
          <dt>{words.code}</dt>
          <dd>
            {showCount(info.code_id)}
            {cw2 && (
              <span translate={false}>
                , {cleanName(cw2[0])} {cleanName(cw2[1])}
              </span>
            )}
          </dd>
          {code && (
            <>
              <dt>{words.hash}</dt>
              <dd>
                <Address address={code.checksum} /> <CopyButton text={code.checksum} of={`${words.hash}: ${name}`} />
              </dd>
            </>
          )}
          <dt>{words.admin}</dt>
          <dd>
            <Admin admin={info.admin} self={address} owner={owner} vault={vault} />
          </dd>
          <dt>{words.label}</dt>
          <dd translate={false}>
            <bdi>{cleanName(info.label) ?? texts.governance.none}</bdi>
          </dd>
        </>
      )}
    </dl>
  );
}
