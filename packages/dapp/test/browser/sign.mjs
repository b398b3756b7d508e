// A call of a contract by one of the devnet's accounts, beside the page.
import { DirectSecp256k1Wallet } from '@cosmjs/proto-signing';
import { createHash } from 'node:crypto';
import { MsgExecuteContract } from 'cosmjs-types/cosmwasm/wasm/v1/tx';
import { PubKey } from 'cosmjs-types/cosmos/crypto/secp256k1/keys';
import { AuthInfo, TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { world } from './harness.mjs';

const GAS = 1_000_000n;

/** Done in a block when it returns its hash. */
export async function execute(name, contract, msg, funds = []) {
  const { chainId, rest } = world.devnet.config;
  const ask = async (path, body) => (await fetch(rest[0] + path, body && { method: 'POST', body: JSON.stringify(body) })).json();
  const key = new Uint8Array(createHash('sha256').update(`account:${name}`).digest());
  const wallet = await DirectSecp256k1Wallet.fromKey(key, 'wasm');
  const [{ address, pubkey }] = await wallet.getAccounts();
  const { info } = await ask(`/cosmos/auth/v1beta1/account_info/${address}`);
  const message = MsgExecuteContract.fromPartial({ sender: address, contract, msg: new TextEncoder().encode(JSON.stringify(msg)), funds });
  const bodyBytes = TxBody.encode(
    TxBody.fromPartial({ messages: [{ typeUrl: MsgExecuteContract.typeUrl, value: MsgExecuteContract.encode(message).finish() }] }),
  ).finish();
  const signer = {
    publicKey: { typeUrl: PubKey.typeUrl, value: PubKey.encode({ key: pubkey }).finish() },
    modeInfo: { single: { mode: 1 } },
    sequence: BigInt(info.sequence),
  };
  const fee = { amount: [{ denom: 'ustake', amount: '25000' }], gasLimit: GAS };
  const authInfoBytes = AuthInfo.encode(AuthInfo.fromPartial({ signerInfos: [signer], fee })).finish();
  const { signature } = await wallet.signDirect(address, { bodyBytes, authInfoBytes, chainId, accountNumber: BigInt(info.account_number) });
  const bytes = TxRaw.encode({ bodyBytes, authInfoBytes, signatures: [Buffer.from(signature.signature, 'base64')] }).finish();
  const { tx_response: taken } = await ask('/cosmos/tx/v1beta1/txs', { tx_bytes: Buffer.from(bytes).toString('base64'), mode: 'BROADCAST_MODE_SYNC' });
  if (taken.code !== 0) throw new Error(taken.raw_log);
  for (let step = 0; step < 100; step += 1) {
    const { tx_response: done } = await ask(`/cosmos/tx/v1beta1/txs/${taken.txhash}`);
    if (done?.code === 0) return taken.txhash;
    if (done !== undefined) throw new Error(done.raw_log);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no block has ${taken.txhash}`);
}
