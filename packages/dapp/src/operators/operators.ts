// Every validator beside what the vault says of it, worked out by the vault's own code as WebAssembly.
import { loadAllocation } from '../modules';
import { cleanName } from '../names';
import { needsSelfBonds, readSelfBonds } from '../network/network';
import type { Chain, Head } from '../node/chain';
import type { Vault } from '../vault/vault';
import type { ConfigResponse, ExplainResponse, TotalsResponse, ValidatorInfo } from '../vault/types';
import { explain as askExplain, operators as askOperators } from '../wasm/allocation.js';
import { findAlike } from '../alike';
import { readDelegation, readSigningInfos, readSigningWindow, readValidators, type ChainOperator, type SigningInfo } from './read';

export type Fate = 'tombstoned' | 'jailed' | 'not_bonded';
/** `unlisted`: the vault neither lists it nor has stake with it. */
export type State = 'eligible' | 'waiting' | 'leaving' | 'unlisted';

/** Everything that was read, at about one height. */
export interface OperatorFacts {
  head: Head;
  all: ChainOperator[];
  /** Null where the node does not tell. */
  signing: { infos: SigningInfo[]; window: bigint } | null;
  delegations: Map<string, bigint>;
  config: ConfigResponse;
  totals: TotalsResponse;
  known: ValidatorInfo[];
  bondedCount: number;
  rows: OperatorRow[];
}

export interface Uptime {
  missed: bigint;
  /** Blocks that were counted: the window, or fewer at the beginning. */
  counted: bigint;
}

export interface OperatorRow {
  validator: string;
  account: string | null;
  /** As listed, or else as it calls itself. */
  name: string | null;
  /** What its operator calls it where the listing says something else. */
  otherName: string | null;
  /** An https address from the listing. */
  website: URL | null;
  reason: string | null;
  listedAt: number | null;
  tokens: bigint;
  /** The vault's part by the chain. */
  vault: bigint;
  info: ValidatorInfo | null;
  commission: string;
  maxCommission: string;
  maxChange: string;
  rank: number | null;
  uptime: Uptime | null;
  state: State;
  isListed: boolean;
  fate: Fate | null;
  /** The same, where the vault has not read it yet. */
  unseen: Fate | null;
  /** Operator addresses of others whose names read the same. */
  alike: string[];
}

interface OperatorsAnswer {
  bonded_validators: number;
  operators: {
    validator: string;
    account: string | null;
    rank: number | null;
    fate: Fate | null;
    unseen: Fate | null;
    signing_info: number | null;
  }[];
}

export async function readOperators(chain: Chain, vault: Vault): Promise<OperatorFacts> {
  const signing = Promise.all([readSigningInfos(chain.rest), readSigningWindow(chain.rest)]).then(
    ([infos, window]) => ({ infos, window }),
    () => null,
  );
  const [head, all, delegations, config, totals, known] = await Promise.all([
    chain.head(),
    readValidators(chain.rest),
    chain.delegations(vault.address),
    vault.config(),
    vault.totals(),
    vault.validators(),
    loadAllocation(),
  ]);
  const facts = { head, all, signing: await signing, delegations, config, totals, known };
  return { ...facts, ...toRows(facts) };
}

/** Letters of a reason that are shown. */
const MOST_OF_REASON = 600;

type Read = Omit<OperatorFacts, 'rows' | 'bondedCount'>;

function toRows(read: Read): Pick<OperatorFacts, 'rows' | 'bondedCount'> {
  const answer = JSON.parse(askOperators(JSON.stringify({ chain: toChain(read), known: read.known }))) as OperatorsAnswer;
  const infos = new Map(read.known.map((it) => [it.validator, it]));
  const listedName = (validator: string) => cleanName(infos.get(validator)?.listing?.name ?? '');
  const alike = findAlike(read.all.map((it) => ({ validator: it.validator, names: [it.name, listedName(it.validator)] })));
  const rows = read.all.map((it, index) => {
    const worked = answer.operators[index];
    const info = infos.get(it.validator) ?? null;
    const listing = info?.listing ?? null;
    const name = listedName(it.validator) ?? it.name;
    const vault = read.delegations.get(it.validator) ?? 0n;
    const isKnown = info !== null && (info.listed || vault > 0n || info.delegated !== '0');
    return {
      validator: it.validator,
      account: worked?.account ?? null,
      name,
      otherName: it.name === name ? null : it.name,
      website: readWebsite(listing?.website ?? null),
      reason: cleanName(listing?.reason ?? '', MOST_OF_REASON),
      listedAt: listing?.listed_at ?? null,
      tokens: it.tokens,
      // both are read within a moment, in which stake may have moved
      vault: vault < it.tokens ? vault : it.tokens,
      info: isKnown ? info : null,
      commission: it.commission,
      maxCommission: it.maxCommission,
      maxChange: it.maxChange,
      rank: worked?.rank ?? null,
      uptime: toUptime(read, it, worked?.signing_info ?? null),
      state: isKnown ? info.status : vault > 0n ? ('leaving' as const) : ('unlisted' as const),
      isListed: info?.listed ?? false,
      fate: worked?.fate ?? null,
      unseen: worked?.unseen ?? null,
      alike: alike.get(it.validator) ?? [],
    };
  });
  return { rows, bondedCount: answer.bonded_validators };
}

/** Only `https`, without a name and password in it. */
export function readWebsite(text: string | null): URL | null {
  if (text === null) return null;
  try {
    const url = new URL(text);
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}

function toUptime({ signing }: Read, { status, jailed }: ChainOperator, index: number | null): Uptime | null {
  const info = index === null ? undefined : signing?.infos[index];
  if (!signing || info === undefined || status !== 'bonded' || jailed) return null;
  const counted = info.counted < signing.window ? info.counted : signing.window;
  return counted === 0n ? null : { missed: info.missed < counted ? info.missed : counted, counted };
}

function toChain({ all, signing }: Pick<Read, 'all' | 'signing'>) {
  return {
    validators: all.map((it) => ({
      validator: it.validator,
      status: it.status,
      jailed: it.jailed,
      tokens: it.tokens.toString(),
      commission: it.commission,
      max_commission: it.maxCommission,
      consensus_key: it.consensusKey,
    })),
    signing_infos: (signing?.infos ?? []).map(({ address, tombstoned }) => ({ address, tombstoned })),
  };
}

/** What an operator may try; what is left out stays as it is. */
export interface Asked {
  selfBond?: bigint;
  /** A decimal. */
  commission?: string;
  /** Null: no maximum. */
  ownMaximum?: bigint | null;
}

export type Obstacle = { kind: Fate | 'top_third' } | { kind: 'commission' | 'commission_ceiling'; rate: string; most: string };

export interface WhatIf {
  act: 'self_bond' | 'commission' | 'own_maximum' | 'eligible' | 'asked' | 'asked_eligible';
  value: string | null;
  eligible: boolean;
  target: string;
  /** With its sign. */
  change: string;
}

export interface Explanation {
  obstacles: Obstacle[];
  what_if: WhatIf[];
  is_exact: boolean;
}

/** What is asked for one operator alone. */
export interface OperatorDetail {
  selfBond: bigint;
  selfBonds: Map<string, bigint>;
  /** Null where the vault does not know it. */
  explain: ExplainResponse | null;
}

export async function readDetail(chain: Chain, vault: Vault, facts: OperatorFacts, row: OperatorRow): Promise<OperatorDetail> {
  const isKnown = facts.known.some((it) => it.validator === row.validator);
  const [selfBond, selfBonds, explain] = await Promise.all([
    row.account === null ? 0n : readDelegation(chain.rest, row.account, row.validator),
    needsSelfBonds(facts.config) ? readSelfBonds(chain.rest, facts.known) : new Map<string, bigint>(),
    isKnown ? vault.explain(row.validator) : null,
  ]);
  return { selfBond, selfBonds, explain };
}

/** After `readDetail`: the answer, or the module's reason why there is none. */
export function tryExplanation(
  facts: OperatorFacts,
  detail: OperatorDetail,
  validator: string,
  asked: Asked,
): { explanation: Explanation } | { reason: string } {
  try {
    return { explanation: computeExplanation(facts, detail, validator, asked) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function computeExplanation(facts: OperatorFacts, detail: OperatorDetail, validator: string, asked: Asked): Explanation {
  const { config, totals, known } = facts;
  const bonds = [...detail.selfBonds].map(([operator, tokens]) => [operator, tokens.toString()]);
  const question = {
    chain: toChain(facts),
    vault: { config, totals, validators: known, self_bonds: Object.fromEntries(bonds) },
    validator,
    self_bond: detail.selfBond.toString(),
    asked: {
      self_bond: asked.selfBond?.toString() ?? null,
      commission: asked.commission ?? null,
      own_maximum: asked.ownMaximum === undefined ? null : { tokens: asked.ownMaximum?.toString() ?? null },
    },
  };
  return JSON.parse(askExplain(JSON.stringify(question))) as Explanation;
}
