import { expect, test } from 'vitest';
import { Chain } from '../../src/node/chain';
import { Rest } from '../../src/node/rest';
import { Vault } from '../../src/vault/vault';

/** A vault that answers each page by what it is asked to begin behind. */
function vaultOf(answer: (after: string | number | undefined, question: string) => object) {
  const fetch = async (address: string) => {
    const asked = JSON.parse(atob(decodeURIComponent(address.split('/smart/')[1] ?? ''))) as Record<string, { start_after?: string | number }>;
    const [name = ''] = Object.keys(asked);
    return new Response(JSON.stringify({ data: answer(asked[name]?.start_after, name) }), { headers: { 'content-type': 'application/json' } });
  };
  return new Vault(new Chain(new Rest(['https://node'], 1_000, fetch), 'chain'), 'vault');
}
const rows = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ validator: `v${from + index}`, time: from + index, batch_id: from + index }));

test('all pages of a list are read', async () => {
  const all = (after: unknown) => rows(after === undefined ? 0 : Number(String(after).replace('v', '')) + 1, after === undefined ? 30 : 4);
  const vault = vaultOf((after) => ({ validators: all(after), samples: all(after), withdrawals: all(after), shares: '7' }));
  expect((await vault.validators()).length).toBe(34);
  expect((await vault.rateHistory()).at(-1)?.time).toBe(33);
  const position = await vault.position('me');
  expect([position.withdrawals.length, position.shares]).toEqual([34, '7']);
});

test('a list that does not move on, or never ends, is refused and not read for ever', async () => {
  const same = vaultOf(() => ({ validators: rows(0, 30), samples: rows(0, 30), withdrawals: rows(0, 30) }));
  for (const ask of [() => same.validators(), () => same.rateHistory(), () => same.position('me')]) await expect(ask()).rejects.toThrow(/does not end/);
  const endless = vaultOf((after) => ({ validators: rows(after === undefined ? 0 : Number(String(after).slice(1)) + 1, 30) }));
  await expect(endless.validators()).rejects.toThrow(/30,000 rows/);
});

test('a chain’s list whose keys never end is refused', async () => {
  let key = 0;
  const fetch = async () => new Response(JSON.stringify({ validators: [], pagination: { next_key: String((key += 1)) } }), { headers: { 'content-type': 'application/json' } });
  await expect(new Rest(['https://node'], 1_000, fetch).pages('/validators', 'validators')).rejects.toThrow(/without end/);
  expect(key).toBe(500);
});
