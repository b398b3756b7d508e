// A button that saves a table as a file named after the chain, the table and the block.
import { saveText } from '../network/csv';
import { usePage } from '../page';
import { texts } from '../texts';

/** `table` is its caption, for who hears of several such buttons. */
export function SaveCsv({ what, table, height, of }: { what: string; table: string; height: number; of: () => string }) {
  const { config } = usePage();
  return (
    <button type="button" class="second small" aria-label={`${texts.network.csv}: ${table}`} onClick={() => saveText(`${config.chainId}-${what}-${height}.csv`, of())}>
      {texts.network.csv}
    </button>
  );
}
