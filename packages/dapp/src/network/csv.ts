// Tables as files.
import type { HistoryPoint } from './history';
import type { CurvePoint, Metrics } from './network';

/**
 * Quoted where it has to be; what a spreadsheet would take for a formula begins with an apostrophe, also behind
 * a semicolon or a tab, at which some of them begin a new cell.
 */
export function csvCell(text: string): string {
  const safe = text.replace(/(^|[;\t\r\n]"?)(\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/g, "$1'$2");
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

const MEASURES = ['nakamoto_third', 'nakamoto_two_thirds', 'effective', 'top1_share', 'top10_share'] as const;

/** Measures of named states, a state a line. */
export function metricsCsv(states: [string, Metrics][], height: number, time: number): string {
  const at = new Date(time * 1000).toISOString();
  const lines = states.map(([name, metrics]) => [name, ...MEASURES.map((it) => String(metrics[it])), String(height), at].map(csvCell).join(','));
  return [['state', ...MEASURES, 'height', 'time'].join(','), ...lines, ''].join('\n');
}

/** Measures over time, a block a line, with the vault's stake and without it. */
export function historyCsv(points: HistoryPoint[]): string {
  const header = ['height', 'time', ...MEASURES.map((it) => `${it}_with`), ...MEASURES.map((it) => `${it}_without`)];
  const lines = points.map(({ height, time, with: present, without }) =>
    [String(height), new Date(time * 1000).toISOString(), ...[present, without].flatMap((state) => MEASURES.map((it) => String(state[it])))].join(','),
  );
  return [header.join(','), ...lines, ''].join('\n');
}

/** Milliseconds until a file that was offered is let go: some browsers begin to read it only later. */
const SAVED_AFTER = 60_000;

/** Offers it for saving. */
export function saveText(name: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_AFTER);
}
