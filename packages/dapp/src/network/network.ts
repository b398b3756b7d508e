// The numbers of the network screen, computed by the vault's own code as WebAssembly.
import { atomics } from '../amounts';
import { accounts, network as compute } from '../wasm/allocation.js';
import type { Chain, Validator } from '../node/chain';
import type { Rest } from '../node/rest';
import { mapLimited, readDelegation } from '../operators/read';
import { loadAllocation } from '../modules';
import type { Vault } from '../vault/vault';
import type { ConfigResponse, TotalsResponse, ValidatorInfo } from '../vault/types';

export interface Metrics {
  holders: number;
  nakamoto_third: number;
  nakamoto_two_thirds: number;
  effective: string;
  top1_share: string;
  top10_share: string;
}

export interface CurvePoint {
  validator: string;
  tokens: string;
  delegated: string;
  share: string;
  cumulative: string;
  is_in_third: boolean;
}

export interface NetworkAnswer {
  tokens: string;
  delegated: string;
  with: Metrics;
  without: Metrics;
  curve: CurvePoint[];
  by_operator: { with: Metrics; without: Metrics } | null;
  deposit: DepositEffect | null;
}

export interface DepositEffect {
  here: Metrics;
  at_top: Metrics;
  top_validator: string;
  unplaced: string;
  gains: { validator: string; tokens: string }[];
}

/** Everything that was read, at about one height. */
export interface NetworkFacts {
  validators: Validator[];
  delegations: Map<string, bigint>;
  config: ConfigResponse;
  totals: TotalsResponse;
  known: ValidatorInfo[];
  /** What operators delegate to themselves, where the vault's rule goes by it. */
  selfBonds: Map<string, bigint>;
}

export async function readNetwork(chain: Chain, vault: Vault): Promise<NetworkFacts> {
  const [validators, delegations, config, totals, known] = await Promise.all([
    chain.bondedValidators(),
    chain.delegations(vault.address),
    vault.config(),
    vault.totals(),
    vault.validators(),
  ]);
  const selfBonds = needsSelfBonds(config) ? await readSelfBonds(chain.rest, known) : new Map<string, bigint>();
  return { validators, delegations, config, totals, known, selfBonds };
}

/** Whether the vault's rule goes by what operators delegate to themselves. */
export function needsSelfBonds({ policy, caps_not_in_force: outOfForce }: ConfigResponse): boolean {
  return typeof policy.bond_factor === 'string' && !outOfForce.includes('bond_factor');
}

/** Questions to the node at a time. */
const AT_ONCE = 6;

/** Of all that are not excluded. */
export async function readSelfBonds(rest: Rest, known: ValidatorInfo[]): Promise<Map<string, bigint>> {
  await loadAllocation();
  const operators = known.filter((it) => (it.exclusion ?? null) === null).map((it) => it.validator);
  const accountOf = JSON.parse(accounts(JSON.stringify(operators))) as Record<string, string>;
  const pairs = await mapLimited(operators, AT_ONCE, async (operator): Promise<[string, bigint]> => {
    const account = accountOf[operator];
    if (account === undefined) throw new Error(`${operator} is no operator address`);
    return [operator, await readDelegation(rest, account, operator)];
  });
  return new Map(pairs);
}

/** After `loadAllocation`. Throws the module's reason. */
export function computeNetwork(facts: NetworkFacts, deposit: bigint | null): NetworkAnswer {
  const question = {
    validators: askOf(facts.validators, facts.delegations),
    vault: {
      config: facts.config,
      totals: facts.totals,
      validators: facts.known,
      self_bonds: Object.fromEntries([...facts.selfBonds].map(([operator, tokens]) => [operator, tokens.toString()])),
    },
    deposit: deposit?.toString() ?? null,
  };
  return JSON.parse(compute(JSON.stringify(question))) as NetworkAnswer;
}

/** Of the effective number, at 18 decimals: less than that is rounding. */
const ROUNDING = 3n * 10n ** 14n;

/**
 * The effective number once the vault has placed all that it still moves, without any deposit; null where that is as
 * good as now. What a deposit does is measured from there.
 */
export function effectiveWhenPlaced(facts: NetworkFacts, now: Metrics): string | null {
  const placed = computeNetwork(facts, 0n).deposit?.here.effective ?? now.effective;
  const change = atomics(placed) - atomics(now.effective);
  return change > ROUNDING || change < -ROUNDING ? placed : null;
}

/** Validators as the module is told of them. */
export function askOf(validators: Validator[], delegations: Map<string, bigint>) {
  return validators.map(({ validator, tokens }) => {
    // both are read within a moment, in which stake may have moved
    const delegated = delegations.get(validator) ?? 0n;
    return { validator, tokens: tokens.toString(), delegated: (delegated < tokens ? delegated : tokens).toString() };
  });
}

/** Names by operator address. */
export function namesOf(facts: NetworkFacts): Map<string, string | null> {
  return new Map(facts.validators.map((it) => [it.validator, it.name]));
}
