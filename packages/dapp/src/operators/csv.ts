// The list of operators as a file.
import { csvCell } from '../network/csv';
import type { Head } from '../node/chain';
import type { OperatorRow } from './operators';

const HEADER =
  'validator,name,website,reason,state,excluded_for,chain_says,tokens,vault_tokens,target,limit,commission,max_commission,missed_blocks,counted_blocks,listed_at,height,time';

/** In the order of the screen; base units, rates as decimals, with height and time of what was read. */
export function operatorsCsv(rows: OperatorRow[], head: Head): string {
  const at = new Date(head.time * 1000).toISOString();
  const lines = rows.map((row) => {
    const info = row.info;
    const cells = [
      row.validator,
      row.name,
      row.website?.href,
      row.reason,
      row.state,
      info?.exclusion,
      row.fate,
      row.tokens,
      row.vault,
      info?.target,
      info?.binding,
      row.commission,
      row.maxCommission,
      row.uptime?.missed,
      row.uptime?.counted,
      row.listedAt === null ? null : new Date(row.listedAt * 1000).toISOString(),
      head.height,
      at,
    ];
    return cells.map((cell) => csvCell(String(cell ?? ''))).join(',');
  });
  return [HEADER, ...lines, ''].join('\n');
}
