// The table of validators as a file.
import type { CurvePoint } from './network';

/** Quoted where it has to be; what a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** With height and time of what was read: base units, shares as decimals. */
export function curveCsv(points: CurvePoint[], names: Map<string, string | null>, height: number, time: number): string {
  const header = 'rank,validator,name,tokens,share,cumulative,vault_tokens,height,time';
  const at = new Date(time * 1000).toISOString();
  const lines = points.map((point, index) => {
    const name = names.get(point.validator) ?? '';
    const { validator, tokens, share, cumulative, delegated } = point;
    return [String(index + 1), validator, name, tokens, share, cumulative, delegated, String(height), at].map(csvCell).join(',');
  });
  return [header, ...lines, ''].join('\n');
}

/** Offers it for saving. */
export function saveText(name: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
