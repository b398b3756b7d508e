import { expect, test } from 'vitest';
import { tellNumbers, type LessonFacts } from '../../src/lesson/numbers';
import type { NetworkAnswer } from '../../src/network/network';

const state = { holders: 3, nakamoto_third: 1, nakamoto_two_thirds: 2, effective: '2.5', top1_share: '0.5', top10_share: '1' };
/** Two active validators, with one of which the vault is. */
const answer = {
  tokens: '1000',
  delegated: '60',
  with: state,
  without: state,
  curve: [
    { validator: 'large', tokens: '700', delegated: '0', share: '0.7', cumulative: '0.7', is_in_third: true },
    { validator: 'small', tokens: '300', delegated: '60', share: '0.3', cumulative: '1', is_in_third: false },
  ],
} as unknown as NetworkAnswer;

function facts(delegations: [string, bigint][]): LessonFacts {
  const config = {
    policy: { max_commission_rate: '0.1' },
    fee: { performance_fee_rate: '0.05', keeper_bounty_share: '0.1' },
    unbonding_time: 1_814_400,
    self_limit: '0.22',
  };
  return {
    head: { chainId: 'chain', height: 1, time: 1 },
    network: { validators: [], delegations: new Map(delegations), known: [], config },
    slashing: { window: 100, leastSigned: '0.5', jailTime: 600, doubleSign: '0.05', downtime: '0.0001' },
    communityTax: '0.02',
    worst: { exit_delay: 2_635_200, share: '0.35' },
    brake: { until: null, guardian: null, is_armed: true },
    votes: null,
    chainShare: '0.06',
  } as unknown as LessonFacts;
}

test('what the vault has with one is a part of all its stake, that of jailed validators too', () => {
  const { vault } = tellNumbers(facts([['small', 60n], ['jailed', 140n], ['left', 0n]]), answer, 'Juno');
  expect(vault).toEqual({ holds: 2, share: '6 %', most: '70 %', lossOfMost: '3.5 %' });
});

test('a vault without stake has none with anybody', () => {
  expect(tellNumbers(facts([]), answer, 'Juno').vault).toMatchObject({ holds: 0, most: '0 %', lossOfMost: '0 %' });
});

test('a wait is told in whole days that it surely takes, and an exit in days that it takes at most', () => {
  const { waitDays } = tellNumbers(facts([]), answer, 'Juno');
  expect(waitDays).toBe(30);
});
