// Tables that wide screens scroll and narrow ones show as blocks, a row each. Roles stand by name: browsers take blocks
// for no table.
import type { ComponentChildren } from 'preact';

/** What stands above a column, and before its value in a block. */
export interface Column {
  name: string;
  isNumber?: boolean;
}

export interface Row {
  key: string;
  /** What tests find it by. */
  data?: Record<`data-${string}`, string>;
  head: ComponentChildren;
  /** For all columns but the first. */
  cells: ComponentChildren[];
}

interface Props {
  id: string;
  caption: string;
  /** Where a heading says the same. */
  isCaptionUnseen?: boolean;
  columns: Column[];
  rows: Row[];
}

const classOf = (column: Column | undefined) => (column?.isNumber === true ? 'number' : undefined);

export function StackTable({ id, caption, isCaptionUnseen, columns, rows }: Props) {
  const others = columns.slice(1);
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={caption}>
      <table id={id} class="stack" role="table">
        <caption class={isCaptionUnseen === true ? 'unseen' : undefined}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.name} role="columnheader" scope="col" class={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ key, data, head, cells }) => (
            <tr key={key} role="row" {...data}>
              <th role="rowheader" scope="row">
                {head}
              </th>
              {others.map((column, index) => (
                <td key={column.name} role="cell" data-name={column.name} class={classOf(column)}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
