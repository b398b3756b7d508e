// What tests do on the chain without the page: coins to a new account, stake on a validator, by the accounts' test keys.
import { DirectSecp256k1Wallet, makeAuthInfoBytes, makeSignDoc } from '@cosmjs/proto-signing';
import { MsgSend } from 'cosmjs-types/cosmos/bank/v1beta1/tx';
import { PubKey } from 'cosmjs-types/cosmos/crypto/secp256k1/keys';
import { MsgDelegate, MsgUndelegate } from 'cosmjs-types/cosmos/staking/v1beta1/tx';
import { MsgCreatePermanentLockedAccount } from 'cosmjs-types/cosmos/vesting/v1beta1/tx';
import { TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { world } from './harness.mjs';
import { keyOf } from './wallet.mjs';

const DENOM = 'ustake';

export async function get(path) {
  const answer = await fetch(world.devnet.config.rest[0] + path);
  return answer.json();
}

export async function addressOf(name) {
  const wallet = await DirectSecp256k1Wallet.fromKey(keyOf(name), 'wasm');
  const [account] = await wallet.getAccounts();
  return account.address;
}

/** Sends messages, and waits until a block has them. */
async function send(name, messages) {
  const wallet = await DirectSecp256k1Wallet.fromKey(keyOf(name), 'wasm');
  const [{ address, pubkey }] = await wallet.getAccounts();
  const { info } = await get(`/cosmos/auth/v1beta1/account_info/${address}`);
  const key = { typeUrl: PubKey.typeUrl, value: PubKey.encode(PubKey.fromPartial({ key: pubkey })).finish() };
  const bodyBytes = TxBody.encode(TxBody.fromPartial({ messages })).finish();
  const fee = [{ denom: DENOM, amount: '100000' }];
  const authInfoBytes = makeAuthInfoBytes([{ pubkey: key, sequence: BigInt(info.sequence) }], fee, 2_000_000, undefined, undefined);
  const doc = makeSignDoc(bodyBytes, authInfoBytes, world.devnet.config.chainId, Number(info.account_number));
  const { signature } = await wallet.signDirect(address, doc);
  const raw = TxRaw.fromPartial({ bodyBytes, authInfoBytes, signatures: [Buffer.from(signature.signature, 'base64')] });
  const body = JSON.stringify({ tx_bytes: Buffer.from(TxRaw.encode(raw).finish()).toString('base64'), mode: 'BROADCAST_MODE_SYNC' });
  const answer = await fetch(`${world.devnet.config.rest[0]}/cosmos/tx/v1beta1/txs`, { method: 'POST', body });
  const { tx_response: taken } = await answer.json();
  if (taken.code !== 0) throw new Error(taken.raw_log);
  for (;;) {
    const { tx_response: included } = await get(`/cosmos/tx/v1beta1/txs/${taken.txhash}`);
    if (included?.code === 0) return;
    if (included?.code > 0) throw new Error(included.raw_log);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** A new account with so many coins. */
export const found = (name, tokens, from = 'alice') => give(from, name, [[DENOM, tokens]]);

/** Coins of any kind from one to another; denoms in the order of letters. */
export async function give(from, name, coins) {
  const message = MsgSend.fromPartial({
    fromAddress: await addressOf(from),
    toAddress: await addressOf(name),
    amount: coins.map(([denom, amount]) => ({ denom, amount: amount.toString() })),
  });
  await send(from, [{ typeUrl: MsgSend.typeUrl, value: MsgSend.encode(message).finish() }]);
}

/** Stake of an account with each of some validators. */
export async function stake(name, rows) {
  const delegatorAddress = await addressOf(name);
  const messages = rows.map(([validatorAddress, tokens]) => {
    const message = MsgDelegate.fromPartial({ delegatorAddress, validatorAddress, amount: { denom: DENOM, amount: tokens.toString() } });
    return { typeUrl: MsgDelegate.typeUrl, value: MsgDelegate.encode(message).finish() };
  });
  await send(name, messages);
}

/** Stake of an account goes on its way back. */
export async function unstake(name, validatorAddress, tokens) {
  const amount = { denom: DENOM, amount: tokens.toString() };
  const message = MsgUndelegate.fromPartial({ delegatorAddress: await addressOf(name), validatorAddress, amount });
  await send(name, [{ typeUrl: MsgUndelegate.typeUrl, value: MsgUndelegate.encode(message).finish() }]);
}

/** Tokens by operator address. */
export async function stakeOf(name) {
  const path = `/cosmos/staking/v1beta1/delegations/${await addressOf(name)}?pagination.limit=200`;
  const { delegation_responses: rows } = await get(path);
  return Object.fromEntries(rows.map((row) => [row.delegation.validator_address, BigInt(row.balance.amount)]));
}

/** Of the whole set, most stake first. */
export async function validatorsByStake() {
  const { validators } = await get('/cosmos/staking/v1beta1/validators?pagination.limit=200');
  return validators.sort((a, b) => (BigInt(a.tokens) > BigInt(b.tokens) ? -1 : 1)).map((it) => it.operator_address);
}

/** A new account with coins that vest never, and some that can be spent. */
export async function foundLocked(name, locked, free, from = 'alice') {
  const [fromAddress, toAddress] = [await addressOf(from), await addressOf(name)];
  const coins = (tokens) => [{ denom: DENOM, amount: tokens.toString() }];
  const lock = MsgCreatePermanentLockedAccount.fromPartial({ fromAddress, toAddress, amount: coins(locked) });
  const give = MsgSend.fromPartial({ fromAddress, toAddress, amount: coins(free) });
  await send(from, [
    { typeUrl: MsgCreatePermanentLockedAccount.typeUrl, value: MsgCreatePermanentLockedAccount.encode(lock).finish() },
    { typeUrl: MsgSend.typeUrl, value: MsgSend.encode(give).finish() },
  ]);
}
