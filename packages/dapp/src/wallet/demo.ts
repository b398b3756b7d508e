// A wallet with the accounts of a devnet, whose keys are SHA-256 of `account:NAME`: for nothing but a devnet.
import { secp256k1 } from '@noble/curves/secp256k1';
import { ripemd160 } from '@noble/hashes/legacy';
import { sha256 } from '@noble/hashes/sha2';
import { bech32 } from '@scure/base';
import { SignDoc } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import type { Config } from '../config';
import { toBase64 } from '../node/chain';
import { sortKeys, type AminoDoc } from '../tx/encode';
import { askToSign } from './demo-dialog';
import { showAmino, showDirect, type Shown } from './demo-shown';
import type { DirectDoc, KeplrLike, WalletKey } from './wallet';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What amino signs: keys in order, and three characters escaped, as Go writes JSON. */
function aminoBytes(doc: AminoDoc): Uint8Array {
  const text = JSON.stringify(sortKeys(doc));
  return bytesOf(text.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`));
}

export class DemoWallet implements KeplrLike {
  private readonly privateKey: Uint8Array;
  private readonly key: WalletKey;

  constructor(
    private readonly config: Config,
    name: string,
  ) {
    this.privateKey = sha256(bytesOf(`account:${name}`));
    const pubKey = secp256k1.getPublicKey(this.privateKey, true);
    const bech32Address = bech32.encodeFromBytes(config.bech32Prefix, ripemd160(sha256(pubKey)));
    this.key = { name, algo: 'secp256k1', pubKey, bech32Address, isNanoLedger: false };
  }

  async enable(chainId: string): Promise<void> {
    if (chainId !== this.config.chainId) throw new Error(`the demo wallet knows ${this.config.chainId} only`);
  }

  async getKey(chainId: string): Promise<WalletKey> {
    await this.enable(chainId);
    return this.key;
  }

  async signDirect(chainId: string, signer: string, doc: DirectDoc) {
    const { bodyBytes, authInfoBytes, accountNumber } = doc;
    const bytes = SignDoc.encode(SignDoc.fromPartial({ bodyBytes, authInfoBytes, chainId: doc.chainId, accountNumber })).finish();
    const signature = await this.sign(chainId, doc.chainId, signer, bytes, showDirect(doc));
    return { signed: { bodyBytes, authInfoBytes }, signature: { signature } };
  }

  async signAmino(chainId: string, signer: string, doc: AminoDoc) {
    const signature = await this.sign(chainId, doc.chain_id, signer, aminoBytes(doc), showAmino(doc));
    return { signed: doc, signature: { signature } };
  }

  private async sign(chainId: string, docChainId: string, signer: string, bytes: Uint8Array, shown: Shown): Promise<string> {
    await this.enable(chainId);
    await this.enable(docChainId);
    if (signer !== this.key.bech32Address) throw new Error(`${signer} is not here`);
    if (!(await askToSign(this.key, shown))) throw new Error('Request rejected');
    return toBase64(secp256k1.sign(sha256(bytes), this.privateKey).toCompactRawBytes());
  }
}
