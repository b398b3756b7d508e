// Everything that the screen shows, and what `defenders verify` asks the chain for.
import type { Chain, Head } from '../node/chain';
import { ChainError } from '../node/rest';
import { mapLimited } from '../operators/read';
import type { Vault } from '../vault/vault';
import type {
  BrakeResponse,
  ChangesResponse,
  ConfigResponse,
  HealthResponse,
  OwnershipResponse,
  QueryMsg,
  SolvencyResponse,
  ValidatorInfo,
  WorstCaseResponse,
} from '../vault/types';
import { optional, readCode, readContract, type CodeInfo, type ContractFacts } from './contracts';
import { loadClient } from '../modules';
import { computeProposals, type Count, type ProposalReport } from './module';
import { isOver, readProposals, readVoters, readVotes, type Proposal, type Vote, type Voter } from './multisig';

/** Proposals that are shown with their votes before more are asked for. */
export const FIRST_PROPOSALS = 5;

/** Open ones at either end that are shown before more are asked for. */
const MOST_OPEN = 10;
/** Questions to the node at a time. */
const AT_ONCE = 6;

/** The owner of the vault, as far as it is a contract that tells. */
export interface Owner {
  contract: ContractFacts;
  setup: Record<string, unknown> | null;
  threshold: unknown;
  voters: Voter[] | null;
  proposals: Proposal[] | null;
  group: ContractFacts | null;
  /** Null: it does not say; empty: nobody. */
  groupAdmin: string | null;
}

export interface Governance {
  head: Head;
  config: ConfigResponse;
  changes: ChangesResponse;
  ownership: OwnershipResponse;
  brake: BrakeResponse;
  worstCase: WorstCaseResponse;
  known: ValidatorInfo[];
  vault: ContractFacts;
  pot: ContractFacts;
  owner: Owner;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function readOwner(chain: Chain, address: string): Promise<Owner> {
  const contract = await readContract(chain, address);
  const ask = <T>(question: unknown) => (contract.info === null ? Promise.resolve(null) : optional(chain.ask<T>(address, question)));
  const [setup, threshold, voters, proposals] = await Promise.all([
    ask<Record<string, unknown>>({ config: {} }),
    ask<unknown>({ threshold: {} }),
    contract.info === null ? null : readVoters(chain, address),
    contract.info === null ? null : readProposals(chain, address),
  ]);
  const groupAddress = text(setup?.['group_addr']);
  if (groupAddress === '') return { contract, setup, threshold, voters, proposals, group: null, groupAdmin: null };
  const [group, admin] = await Promise.all([
    readContract(chain, groupAddress),
    optional(chain.ask<Record<string, unknown> | null>(groupAddress, { admin: {} })),
  ]);
  // null is nobody; an answer without it says nothing
  const groupAdmin = admin !== null && 'admin' in admin ? text(admin['admin']) : null;
  return { contract, setup, threshold, voters, proposals, group, groupAdmin };
}

export async function readGovernance(chain: Chain, vault: Vault): Promise<Governance> {
  const ask = <T>(question: QueryMsg) => vault.ask<T>(question);
  const [head, config] = await Promise.all([chain.head(), vault.config(), loadClient()]);
  const [changes, ownership, brake, worstCase, known, self, pot, owner] = await Promise.all([
    ask<ChangesResponse>({ changes: {} }),
    ask<OwnershipResponse>({ ownership: {} }),
    vault.brake(),
    ask<WorstCaseResponse>({ worst_case: {} }),
    vault.validators(),
    readContract(chain, vault.address),
    readContract(chain, config.reward_pot),
    readOwner(chain, config.owner),
  ]);
  return { head, config, changes, ownership, brake, worstCase, known, vault: self, pot, owner };
}

/** Whether nobody but the vault itself may replace its code and the pot's. */
export function isOwnAdmin({ vault, pot }: Governance): boolean {
  const admins = [vault, pot].map((it) => it.info?.admin);
  return admins.every((admin) => admin === vault.address || admin === null);
}

/** A proposal with its votes; `report` null where it cannot be read. */
export interface Counted {
  id: number;
  votes: Vote[];
  report: ProposalReport | null;
  error: string | null;
}

export interface CountedProposals {
  rows: Counted[];
  executor: string | null;
}

/** Counts votes, and tells what each would do. `checksums` is the text of a list, or null. */
export async function countProposals(chain: Chain, facts: Governance, proposals: Proposal[], checksums: string | null): Promise<CountedProposals> {
  const { head, config, changes, known, vault, pot, owner } = facts;
  const multisig = owner.contract.address;
  const voted = await mapLimited(proposals, AT_ONCE, async (answer) => ({ answer, votes: await readVotes(chain, multisig, answer.id) }));
  const compute = (proposed: Record<number, CodeInfo | null>) =>
    computeProposals({
      multisig,
      chain_id: head.chainId,
      height: head.height,
      time: head.time,
      proposals: voted,
      setup: owner.setup,
      vault: { address: vault.address, config, changes, validators: known, checksums, code: vault.code, pot_code: pot.code, proposed },
    });
  let answer = compute({});
  if (answer.code_ids.length > 0) {
    const codes = await Promise.all(answer.code_ids.map(async (id) => [id, await readCode(chain, id)] as const));
    answer = compute(Object.fromEntries(codes));
  }
  const rows = answer.proposals.map((row, index) => ({ id: voted[index]?.answer.id ?? 0, votes: voted[index]?.votes ?? [], ...row }));
  return { rows, executor: answer.executor };
}

/**
 * The latest, and what may still do something; of those that are open, where they are many, the latest and the oldest,
 * which are the nearest to their end.
 */
export function chooseShown(proposals: Proposal[], most: number): Proposal[] {
  const open = proposals.filter((it) => it.status === 'open');
  const few = Math.max(most, MOST_OPEN);
  const shown = new Set([...open.slice(0, few), ...open.slice(-few)]);
  return proposals.filter((it, index) => index < most || shown.has(it) || (!isOver(it) && it.status !== 'open'));
}

/** What the module's `verify` is asked, without list and expected owner. */
export async function readVerifyFacts(chain: Chain, vault: Vault): Promise<{ time: number } & Record<string, unknown>> {
  try {
    const facts = await readGovernance(chain, vault);
    const { head, config, ownership, changes, owner } = facts;
    const ask = <T>(question: QueryMsg) => vault.ask<T>(question);
    const [health, solvency, pot, params, pool, proposals] = await Promise.all([
      vault.health(),
      ask<SolvencyResponse>({ solvency: {} }),
      optional(chain.ask<Record<string, unknown>>(config.reward_pot, { config: {} })),
      chain.rest.get<{ params: { bond_denom: string } }>('/cosmos/staking/v1beta1/params'),
      optional(chain.rest.get<PoolAnswer>('/cosmos/auth/v1beta1/module_accounts/bonded_tokens_pool')),
      countPending(chain, facts),
    ]);
    return {
      vault: facts.vault,
      chain_id: head.chainId,
      height: head.height,
      time: head.time,
      reason: null,
      facts: {
        chain_id: head.chainId,
        height: head.height,
        time: head.time,
        vault: facts.vault,
        pot: facts.pot,
        owner: owner.contract,
        group: owner.group,
        group_admin: owner.groupAdmin,
        threshold: owner.threshold,
        weights: owner.voters?.map((it) => it.weight) ?? null,
        proposals,
        config,
        ownership,
        changes,
        health: health satisfies HealthResponse,
        solvency,
        pot_config: pot && [text(pot['vault']), text(pot['denom'])],
        bond_denom: params.params.bond_denom,
        bonded_pool: pool?.account?.base_account?.address ?? null,
      },
    };
  } catch (error) {
    // other code in the vault's place: told by what the chain says of it
    if (!(error instanceof ChainError)) throw error;
    const [head, contract] = await Promise.all([chain.head(), readContract(chain, vault.address), loadClient()]);
    return { vault: contract, chain_id: head.chainId, height: head.height, time: head.time, facts: null, reason: error.message };
  }
}

type PoolAnswer = { account?: { base_account?: { address?: string } } };

/** Votes of those that may still do something; null where the owner tells none. */
async function countPending(chain: Chain, facts: Governance): Promise<Count[] | null> {
  const { proposals } = facts.owner;
  if (proposals === null) return null;
  const counted = await optional(countProposals(chain, facts, proposals.filter((it) => !isOver(it)), null));
  const counts = counted?.rows.map((row) => row.report?.count ?? null) ?? [null];
  return counts.every((it) => it !== null) ? counts : null;
}
