// What strangers named themselves: text only, without what changes how other text reads.

/** Without control and direction characters; null when nothing is left. */
export function cleanName(name: string): string | null {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return clean === '' ? null : clean;
}

/** An address with its middle left out. */
export function shortAddress(address: string): string {
  const at = address.indexOf('1');
  return address.length <= at + 14 ? address : `${address.slice(0, at + 5)}…${address.slice(-6)}`;
}
