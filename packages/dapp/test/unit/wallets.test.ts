import { Secp256k1, Secp256k1Signature, sha256 } from '@cosmjs/crypto';
import { makeSignBytes } from '@cosmjs/proto-signing';
import { serializeSignDoc, Secp256k1Wallet } from '@cosmjs/amino';
import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { Config } from '../../src/config';
import { aminoDoc, encodeAuth, encodeBody, encodeTx, readFee, type ContractCall, type Terms } from '../../src/tx/encode';
import { checkSigned, tellLowFee } from '../../src/tx/judge';
import { DemoWallet } from '../../src/wallet/demo';
import { askToSign } from '../../src/wallet/demo-dialog';
import { isDemoOffered } from '../../src/wallet/demo-offer';
import { showAmino, showDirect } from '../../src/wallet/demo-shown';
import { checkKey } from '../../src/wallet/wallet';

vi.mock('../../src/wallet/demo-dialog', () => ({ askToSign: vi.fn(async () => true) }));

const unit = { base: 'ustake', symbol: 'STAKE', decimals: 6 };
const config: Config = {
  chainId: 'defenders-devnet-1',
  chainName: 'devnet',
  rest: ['http://127.0.0.1:1317'],
  rpc: '',
  vault: '',
  bech32Prefix: 'wasm',
  denom: unit,
  gasPrice: '0.025',
  demo: true,
};
const terms: Terms = { chainId: config.chainId, accountNumber: 7n, sequence: 1n, timeoutHeight: 9n, gas: 200_000n, fee: [{ denom: 'ustake', amount: '5000' }] };
const callOf = (sender: string): ContractCall => ({ sender, contract: 'wasm1vault', msg: { deposit: { note: 'a <b> & c' } }, funds: [{ denom: 'ustake', amount: '5' }] });

describe('the demo wallet', () => {
  test('its account is the one that CosmJS makes of the key, and its signatures are good', async () => {
    const wallet = new DemoWallet(config, 'alice');
    const key = await wallet.getKey(config.chainId);
    const secret = new Uint8Array(createHash('sha256').update('account:alice').digest());
    const [expected] = await (await Secp256k1Wallet.fromKey(secret, 'wasm')).getAccounts();
    expect([key.bech32Address, key.pubKey]).toEqual([expected?.address, expected?.pubkey]);
    const call = callOf(key.bech32Address);
    const isGood = (bytes: Uint8Array, signature: string) =>
      Secp256k1.verifySignature(Secp256k1Signature.fromFixedLength(Buffer.from(signature, 'base64')), sha256(bytes), key.pubKey);

    const doc = { bodyBytes: encodeBody([call], 9n), authInfoBytes: encodeAuth(key.pubKey, terms, 'direct'), chainId: config.chainId, accountNumber: 7n };
    const direct = await wallet.signDirect(config.chainId, key.bech32Address, doc);
    expect(isGood(makeSignBytes(doc), direct.signature.signature)).toBe(true);

    const amino = aminoDoc([call], terms);
    const signed = await wallet.signAmino(config.chainId, key.bech32Address, amino);
    expect(isGood(serializeSignDoc(amino as never), signed.signature.signature)).toBe(true);
  });

  test('it shows what the document itself says, in both ways of signing', () => {
    const call = callOf('wasm1me');
    const doc = { bodyBytes: encodeBody([call], 9n), authInfoBytes: encodeAuth(new Uint8Array(33), terms, 'direct'), chainId: '', accountNumber: 0n };
    for (const shown of [showDirect(doc), showAmino(aminoDoc([call], terms))]) {
      expect(shown.messages.map((it) => it.type)).toEqual(['MsgExecuteContract']);
      expect(shown.messages[0]?.text).toContain('"note": "a <b> & c"');
      expect(shown.messages[0]?.text).toContain('wasm1vault');
      expect(shown).toMatchObject({ fee: '5000ustake', gas: '200000', memo: 'Defenders vault' });
    }
  });

  test('it signs for no other chain and no other account, and not when it is refused', async () => {
    const wallet = new DemoWallet(config, 'alice');
    const { bech32Address: me } = await wallet.getKey(config.chainId);
    const amino = aminoDoc([callOf(me)], terms);
    await expect(wallet.getKey('cosmoshub-4')).rejects.toThrow('only');
    await expect(wallet.signAmino(config.chainId, me, { ...amino, chain_id: 'cosmoshub-4' })).rejects.toThrow('only');
    await expect(wallet.signAmino(config.chainId, 'wasm1other', amino)).rejects.toThrow('not here');
    vi.mocked(askToSign).mockResolvedValueOnce(false);
    await expect(wallet.signAmino(config.chainId, me, amino)).rejects.toThrow('rejected');
  });

  test('it is offered on a devnet of this machine only, and only where the host says so', () => {
    expect(isDemoOffered(config)).toBe(true);
    const { demo, ...silent } = config;
    expect(demo).toBe(true);
    const strangers: Config[] = [
      silent,
      { ...config, demo: 'true' as never },
      { ...config, chainId: 'defenders-devnet-10' },
      { ...config, rest: ['https://127.0.0.1:1317'] },
      { ...config, rest: ['http://127.0.0.1:1317', 'https://rest.example'] },
      { ...config, rest: ['http://127.0.0.1.example'] },
    ];
    for (const stranger of strangers) expect(isDemoOffered(stranger), JSON.stringify(stranger)).toBe(false);
  });
});

describe('what a wallet returns', () => {
  const key = { name: 'me', algo: 'secp256k1', pubKey: new Uint8Array(33), bech32Address: `wasm1${'q'.repeat(38)}` };

  test('is an account of this chain, or nothing', () => {
    expect(checkKey(key, config)).toEqual(key);
    expect(checkKey({ ...key, name: 'a\u202Eb' }, config).name).toBe('ab');
    expect(checkKey({ ...key, name: undefined }, config).name).toBe('');
    const garbage = [undefined, null, 'me', {}, { ...key, pubKey: 'AA==' }, { ...key, pubKey: new Uint8Array(5) }, { ...key, bech32Address: 'cosmos1qqqq' }, { ...key, bech32Address: 7 }];
    for (const told of garbage) expect(() => checkKey(told, config), String(told)).toThrow('no account');
  });

  test('is signed, and does what was asked', () => {
    const body = encodeBody([callOf('me')], 9n);
    const auth = encodeAuth(new Uint8Array(33), terms, 'direct');
    const good = encodeTx(encodeBody([callOf('me')], 500n, 'another note'), auth, new Uint8Array(64));
    expect(checkSigned(good, body)).toBe(good);
    expect(() => checkSigned(encodeTx(body, auth, new Uint8Array()), body)).toThrow('no signature');
    const other = encodeBody([{ ...callOf('me'), contract: 'wasm1thief' }], 9n);
    expect(() => checkSigned(encodeTx(other, auth, new Uint8Array(64)), body)).toThrow('something else');
  });

  test('lesson 7: a fee below what the node asks for is told before anything is sent', () => {
    const fee = (amount: string, denom = 'ustake') =>
      readFee(encodeTx(new Uint8Array(), encodeAuth(new Uint8Array(33), { ...terms, fee: [{ denom, amount }] }, 'direct'), new Uint8Array()));
    expect(tellLowFee(fee('5000'), '0.025', unit)).toBeNull();
    expect(tellLowFee(fee('4999'), '0.025', unit)).toMatch(/was not sent.*0\.004999 STAKE.*0\.005 STAKE/);
    expect(tellLowFee(fee('1'), null, unit), 'the node does not say').toBeNull();
    expect(tellLowFee(fee('1', 'uother'), '0.025', unit), 'another coin').toBeNull();
  });
});
