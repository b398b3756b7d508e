// Validators that the chain has put out for ever, for signing two blocks of one height.
import { fromBase64, type Chain } from './chain';

const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** Letters of a bech32 address behind its data. */
const CHECKSUM = 6;

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes of a bech32 address as hex; the chain wrote it, so its checksum is not looked at. */
export function bytesOf(address: string): string {
  const data = address.slice(address.lastIndexOf('1') + 1, -CHECKSUM);
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const letter of data) {
    held = ((held << 5) | LETTERS.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return toHex(Uint8Array.from(bytes));
}

/** Of an ed25519 key in base64, as the chain's addresses of consensus have it. */
export async function consensusBytes(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', fromBase64(key) as BufferSource);
  return toHex(new Uint8Array(digest).slice(0, 20));
}

/** Of these keys the ones that are out for ever. */
export async function findTombstoned(chain: Chain, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  type Row = { address: string; tombstoned: boolean };
  const rows = await chain.rest.pages<Row, 'info'>('/cosmos/slashing/v1beta1/signing_infos', 'info');
  const out = new Set(rows.filter((row) => row.tombstoned).map((row) => bytesOf(row.address)));
  const pairs = await Promise.all(keys.map(async (key) => [key, await consensusBytes(key)] as const));
  return new Set(pairs.filter(([, bytes]) => out.has(bytes)).map(([key]) => key));
}
