// The numbers that "How it works" speaks of: all of them of this chain and this vault, none typed.
import { loadAllocation } from '../modules';
import { atomics, showDecimal, showPercent } from '../amounts';
import { computeNetwork, namesOf, readNetwork, type NetworkAnswer, type NetworkFacts } from '../network/network';
import type { Chain, Head } from '../node/chain';
import { readAdmin, readCommunityTax, readSlashing, type SlashingParams } from '../node/params';
import type { LessonNumbers } from '../texts/lesson';
import { daysOf } from '../times';
import type { BrakeResponse, WorstCaseResponse } from '../vault/types';
import { readVotes, type Votes } from '../vault/owner';
import type { Vault } from '../vault/vault';

export interface LessonFacts {
  head: Head;
  network: NetworkFacts;
  slashing: SlashingParams;
  communityTax: string;
  worst: WorstCaseResponse;
  brake: BrakeResponse;
  /** The vault's part of all stake, a decimal. */
  chainShare: string;
  votes: Votes | 'key' | null;
  /** Whether somebody else than the vault may replace its code: then no wait protects anybody. */
  isReplaceable: boolean;
}

export async function readLesson(chain: Chain, vault: Vault): Promise<LessonFacts> {
  const [head, network, slashing, communityTax, worst, brake, { chain_share: chainShare }, admin] = await Promise.all([
    chain.head(),
    readNetwork(chain, vault),
    readSlashing(chain),
    readCommunityTax(chain),
    vault.ask<WorstCaseResponse>({ worst_case: {} }),
    vault.brake(),
    vault.health(),
    readAdmin(chain, vault.address),
    loadAllocation(),
  ]);
  const isReplaceable = admin !== vault.address && admin !== '';
  return { head, network, slashing, communityTax, worst, brake, chainShare, isReplaceable, votes: await readVotes(chain, network.config.owner) };
}

const ONE = 10n ** 18n;
const decimal = (parts: bigint): string => `${parts / ONE}.${(parts % ONE).toString().padStart(18, '0')}`;
const times = (a: bigint, b: bigint): bigint => (a * b) / ONE;
const ratio = (part: bigint, all: bigint): bigint => (all === 0n ? 0n : (part * ONE) / all);

export function tellNumbers(facts: LessonFacts, answer: NetworkAnswer, chain: string): LessonNumbers {
  const { config, known } = facts.network;
  const { slashing, worst, head } = facts;
  const top = answer.curve[0];
  // with who makes no blocks now as well: that stake is the vault's too
  const parts = [...facts.network.delegations.values()];
  const most = ratio(parts.reduce((a, b) => (a > b ? a : b), 0n), parts.reduce((a, b) => a + b, 0n));
  const left = [facts.communityTax, config.policy.max_commission_rate, config.fee.performance_fee_rate]
    .map((rate) => ONE - atomics(rate))
    .reduce(times, ONE);
  return {
    chain,
    holders: answer.with.holders,
    third: answer.with.nakamoto_third,
    twoThirds: answer.with.nakamoto_two_thirds,
    effective: showDecimal(answer.with.effective, 1),
    evenThird: Math.ceil(answer.with.holders / 3),
    largest: { name: top === undefined ? null : (namesOf(facts.network).get(top.validator) ?? null), share: showPercent(top?.share ?? '0', 1) },
    topTen: showPercent(answer.with.top10_share, 1),
    listed: known.filter((it) => it.listed).length,
    eligible: known.filter((it) => it.status === 'eligible').length,
    topThird: answer.without.nakamoto_third,
    vault: {
      holds: parts.filter((it) => it > 0n).length,
      // as the vault counts it against its limit, with what is not staked yet
      share: showPercent(facts.chainShare),
      most: showPercent(decimal(most), 1),
      lossOfMost: showPercent(decimal(times(most, atomics(slashing.doubleSign)))),
    },
    unbondingDays: daysOf(config.unbonding_time),
    waitDays: Math.floor(worst.exit_delay / 86_400),
    ownerMoves: showPercent(worst.share),
    commission: showPercent(config.policy.max_commission_rate),
    fee: showPercent(config.fee.performance_fee_rate),
    bounty: showPercent(config.fee.keeper_bounty_share),
    communityTax: showPercent(facts.communityTax),
    leftOfHundred: showDecimal(decimal(left * 100n), 1),
    selfLimit: showPercent(config.self_limit),
    doubleSign: showPercent(slashing.doubleSign),
    downtime: showPercent(slashing.downtime, 4),
    window: slashing.window,
    mostMissed: showPercent(decimal(ONE - atomics(slashing.leastSigned))),
    jailMinutes: Math.ceil(slashing.jailTime / 60),
    votes: facts.votes,
    brake: tellBrake(facts.brake, head.time),
  };
}

function tellBrake({ guardian, is_armed: isArmed, until }: BrakeResponse, now: number): LessonNumbers['brake'] {
  if (typeof until === 'number' && until > now) return 'on';
  if (typeof guardian !== 'string') return 'none';
  return isArmed ? 'ready' : 'used';
}

export function computeLesson(facts: LessonFacts): NetworkAnswer {
  return computeNetwork(facts.network, null);
}
