// In which order operators stand, and which of them are shown.
import { atomics } from '../amounts';
import { normalName } from '../alike';
import type { OperatorRow } from './operators';
import { kindOf, type Kind } from './words';

/** `day`: drawn anew each day. */
export type Column = 'day' | 'name' | 'state' | 'tokens' | 'others' | 'vault' | 'commission' | 'uptime' | 'since';
export interface Order {
  by: Column;
  isDown: boolean;
}
export type Filter = 'all' | Exclude<Kind, 'unlisted'> | 'trouble';

const KINDS: Kind[] = ['given', 'next', 'none', 'waiting', 'leaving', 'unlisted'];
const DAY = 86_400;

/** A number that a day draws for a validator: the same for everybody who looks. */
export function drawPlace(validator: string, time: number): number {
  let hash = 2_166_136_261;
  for (const letter of `${Math.floor(time / DAY)}:${validator}`) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  }
  // letters at the end alone would move little else than the last bits
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}

type Key = bigint | number | string;

function keyOf(row: OperatorRow, by: Column, time: number): Key | null {
  switch (by) {
    case 'day':
      return drawPlace(row.validator, time);
    case 'name':
      return row.name?.toLowerCase() ?? null;
    case 'state':
      return KINDS.indexOf(kindOf(row)) * 2 + (row.fate === null ? 0 : 1);
    case 'tokens':
      return row.tokens;
    case 'others':
      return row.tokens - row.vault;
    case 'vault':
      return row.vault;
    case 'commission':
      return atomics(row.commission);
    case 'uptime':
      return row.uptime && ((row.uptime.counted - row.uptime.missed) * 10n ** 9n) / row.uptime.counted;
    case 'since':
      return row.listedAt;
  }
}

/** Equal ones stand as the day drew them; what is not known stands last, whichever way. */
export function sortRows(rows: OperatorRow[], order: Order, time: number): OperatorRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, order.by, time), place: drawPlace(row.validator, time) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.place - b.place;
    const step = compare(a.key, b.key);
    return (order.isDown ? -step : step) || a.place - b.place;
  });
  return keyed.map(({ row }) => row);
}

function compare(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function hasTrouble(row: OperatorRow): boolean {
  return row.fate !== null || row.state !== 'eligible' || row.alike.length > 0;
}

/** By name, address, site and reason; however it is written. */
export function findRows(rows: OperatorRow[], text: string, filter: Filter): OperatorRow[] {
  const plain = text.trim().toLowerCase();
  const wanted = normalName(text);
  return rows.filter((row) => {
    if (filter === 'trouble' ? !hasTrouble(row) : filter !== 'all' && kindOf(row) !== filter) return false;
    if (plain === '') return true;
    const texts = [row.name, row.otherName, row.website?.host ?? null, row.reason];
    return (
      row.validator.includes(plain) ||
      texts.some((it) => it?.toLowerCase().includes(plain) || (wanted !== null && normalName(it)?.includes(wanted)))
    );
  });
}
