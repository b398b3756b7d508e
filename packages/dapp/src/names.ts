// What strangers named themselves: text only, without what changes how other text reads.

/** Letters and marks that show nothing. */
const INVISIBLE = /[\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;

/** Without control and direction characters, other invisible ones marked; null when nothing is left. */
export function cleanName(name: string): string | null {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(INVISIBLE, '□')
    // a heap of accents would cover the lines above and below
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  return clean === '' ? null : clean;
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
