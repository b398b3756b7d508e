// What people sign elsewhere than on the page: a call to the vault with a devnet's key.
import { createHash } from 'node:crypto';
import { DirectSecp256k1Wallet, encodePubkey, makeAuthInfoBytes, makeSignDoc } from '@cosmjs/proto-signing';
import { MsgExecuteContract } from 'cosmjs-types/cosmwasm/wasm/v1/tx';
import { TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { world } from './harness.mjs';

const GAS = 1_000_000;

async function ask(path, body) {
  const init = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(world.devnet.config.rest[0] + path, init);
  return answer.json();
}

/** Sends it, and waits until a block has it. */
export async function execute(name, msg) {
  const key = createHash('sha256').update(`account:${name}`).digest();
  const wallet = await DirectSecp256k1Wallet.fromKey(new Uint8Array(key), 'wasm');
  const [{ address, pubkey }] = await wallet.getAccounts();
  const { info } = await ask(`/cosmos/auth/v1beta1/account_info/${address}`);
  const message = { sender: address, contract: world.devnet.config.vault, msg: new TextEncoder().encode(JSON.stringify(msg)), funds: [] };
  const any = { typeUrl: MsgExecuteContract.typeUrl, value: MsgExecuteContract.encode(MsgExecuteContract.fromPartial(message)).finish() };
  const body = TxBody.encode(TxBody.fromPartial({ messages: [any], memo: '' })).finish();
  const signer = { pubkey: encodePubkey({ type: 'tendermint/PubKeySecp256k1', value: Buffer.from(pubkey).toString('base64') }), sequence: Number(info.sequence) };
  const auth = makeAuthInfoBytes([signer], [{ denom: 'ustake', amount: String(GAS) }], GAS, undefined, undefined);
  const { signature, signed } = await wallet.signDirect(address, makeSignDoc(body, auth, world.devnet.config.chainId, Number(info.account_number)));
  const raw = TxRaw.fromPartial({ bodyBytes: signed.bodyBytes, authInfoBytes: signed.authInfoBytes, signatures: [Buffer.from(signature.signature, 'base64')] });
  const bytes = Buffer.from(TxRaw.encode(raw).finish()).toString('base64');
  const { tx_response: sent } = await ask('/cosmos/tx/v1beta1/txs', { tx_bytes: bytes, mode: 'BROADCAST_MODE_SYNC' });
  if (sent.code !== 0) throw new Error(sent.raw_log);
  for (let look = 0; look < 50; look += 1) {
    const { tx_response: found } = await ask(`/cosmos/tx/v1beta1/txs/${sent.txhash}`);
    if (found?.code === 0) return;
    if (found) throw new Error(found.raw_log);
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`no block has ${sent.txhash}`);
}
