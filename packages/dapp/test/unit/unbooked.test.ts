import { expect, test } from 'vitest';
import { Chain } from '../../src/node/chain';
import { Rest } from '../../src/node/rest';
import { findUnbooked, readUnbooked } from '../../src/vault/unbooked';
import { Vault } from '../../src/vault/vault';

const books = { bonded: '8000000', total_assets: '10000000' };
const standing = (...tokens: bigint[]) => new Map(tokens.map((it, index) => [`v${index}`, it]));

test('what the chain has burnt and the vault has not counted is found, and told as a part of all that is in it', () => {
  expect(findUnbooked(books, standing(4_000_000n, 3_800_000n))).toEqual({ tokens: 200_000n, part: '0.020000000000000000' });
  expect(findUnbooked(books, standing(7_999_000n))).toEqual({ tokens: 1_000n, part: '0.000100000000000000' });
});

test('rounding, more than the book has, and an empty vault are none of it', () => {
  expect(findUnbooked(books, standing(3_999_999n, 3_999_999n))).toBeNull();
  expect(findUnbooked(books, standing(8_000_000n))).toBeNull();
  expect(findUnbooked(books, standing(9_000_000n))).toBeNull();
  expect(findUnbooked({ bonded: '0', total_assets: '0' }, standing())).toBeNull();
});

test('a vault that does something while it is read has lost nothing', async () => {
  const told = (bonded: string[]) => {
    const fetch = async (address: string) => {
      const answer = address.includes('/smart/')
        ? { data: { ...books, bonded: bonded.shift() } }
        : { delegation_responses: [{ delegation: { validator_address: 'v' }, balance: { amount: '5000000' } }] };
      return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
    };
    return readUnbooked(new Vault(new Chain(new Rest(['https://node'], 1_000, fetch), 'chain'), 'vault'));
  };
  expect(await told(['8000000', '5000000'])).toBeNull();
  expect((await told(['8000000', '8000000']))?.tokens).toBe(3_000_000n);
});
