// What strangers named themselves: text only, without what changes how other text reads.

/** Letters and marks that show nothing. */
const INVISIBLE = /[\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;

/** Letters of a name: what is longer buries what stands below it. */
const MOST_LETTERS = 140;

/** Without control and direction characters, other invisible ones marked, cut where it is long; null when nothing is left. */
export function cleanName(name: string, most = MOST_LETTERS): string | null {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(INVISIBLE, '□')
    // a heap of accents would cover the lines above and below
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  if (clean === '') return null;
  if (clean.length <= most) return clean;
  // no letter is cut in two
  return `${clean.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Whether it looks like an account or a contract of the chain; the chain checks the rest. */
export function isAddress(text: string, prefix: string): boolean {
  return text.startsWith(`${prefix}1`) && /^[02-9ac-hj-np-z]{38,58}$/.test(text.slice(prefix.length + 1));
}

/** An address with its middle left out. */
export function shortAddress(address: string): string {
  const at = address.indexOf('1');
  return address.length <= at + 14 ? address : `${address.slice(0, at + 5)}…${address.slice(-6)}`;
}
