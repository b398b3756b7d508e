// Over whom to spread: the vault's list, the one that came with the page, or a file of the person's own.
import { toBase64 } from '../node/chain';
import { readBeside } from '../host';
import { texts } from '../texts';
import type { List } from './plan';

export type ListKind = 'vault' | 'shipped' | 'file';

/** A file of one's own. */
export interface OwnFile {
  name: string;
  list: List;
}

/** No list of validators is larger, bytes. */
const MOST_BYTES = 1_000_000;

export async function readOwnFile(file: File): Promise<OwnFile> {
  if (file.size > MOST_BYTES) throw new Error(texts.spread.fileTooLarge);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, list: { file: toBase64(bytes) } };
}

/** The list beside index.html. */
export async function readShipped(address: string): Promise<List> {
  const { status, bytes } = await readBeside(address);
  if (status !== 200) throw new Error(`${address}: ${status}`);
  return { file: toBase64(bytes) };
}
