// A wallet that signs for real, with a devnet's test keys: the page sees Keplr's interface, the keys stay here.
import { createHash } from 'node:crypto';
import { Secp256k1Wallet } from '@cosmjs/amino';
import { DirectSecp256k1Wallet } from '@cosmjs/proto-signing';

const toBase64 = (bytes) => Buffer.from(bytes).toString('base64');
const fromBase64 = (text) => new Uint8Array(Buffer.from(text, 'base64'));

/** Keys are SHA-256 of `account:NAME`, as the devnet makes them. */
export function keyOf(name) {
  return new Uint8Array(createHash('sha256').update(`account:${name}`).digest());
}

export class TestWallet {
  constructor(name) {
    this.name = name;
    this.isLedger = false;
    /** What the person does: sign, or refuse. */
    this.isRefusing = false;
    /** What the person changes in an amino document before signing. */
    this.edit = (doc) => doc;
    /** Names of all calls. */
    this.calls = [];
  }

  async answer({ method, doc, signer }) {
    this.calls.push(method);
    const direct = await DirectSecp256k1Wallet.fromKey(keyOf(this.name), 'wasm');
    const [account] = await direct.getAccounts();
    if (method === 'enable') return null;
    if (method === 'getKey') {
      return { name: this.name, algo: 'secp256k1', pubKey: toBase64(account.pubkey), bech32Address: account.address, isNanoLedger: this.isLedger };
    }
    if (this.isRefusing) throw new Error('Request rejected');
    if (signer !== account.address) throw new Error(`${signer} is not here`);
    if (method === 'signDirect') {
      const { signature } = await direct.signDirect(signer, {
        bodyBytes: fromBase64(doc.bodyBytes),
        authInfoBytes: fromBase64(doc.authInfoBytes),
        chainId: doc.chainId,
        accountNumber: BigInt(doc.accountNumber),
      });
      return { signature };
    }
    const amino = await Secp256k1Wallet.fromKey(keyOf(this.name), 'wasm');
    return amino.signAmino(signer, this.edit(doc));
  }
}

/** Runs in the page before all else: `window.keplr`, and what the tests count. */
export function installWallet() {
  const ask = (request) => window.__wallet(request);
  const text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const bytes = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  window.keplr = {
    enable: () => ask({ method: 'enable' }),
    getKey: async () => {
      const key = await ask({ method: 'getKey' });
      return { ...key, pubKey: bytes(key.pubKey) };
    },
    signDirect: async (_, signer, doc) => {
      const sent = {
        bodyBytes: text(doc.bodyBytes),
        authInfoBytes: text(doc.authInfoBytes),
        chainId: doc.chainId,
        accountNumber: doc.accountNumber.toString(),
      };
      const { signature } = await ask({ method: 'signDirect', signer, doc: sent });
      return { signed: doc, signature };
    },
    signAmino: (_, signer, doc) => ask({ method: 'signAmino', signer, doc }),
  };
}

/** Runs in the page before all else. */
export function installCounters() {
  window.__violations = [];
  window.__clicks = 0;
  document.addEventListener('securitypolicyviolation', (event) => window.__violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  document.addEventListener('click', (event) => (window.__clicks += event.isTrusted ? 1 : 0), true);
}
