import { alignDecimal, alignPercent } from '../amounts';
import type { Metrics } from '../network/network';
import { texts } from '../texts';

/** Measures of two states, side by side. */
export function MetricsTable(props: { id: string; caption: string; columns: [string, string]; states: [Metrics, Metrics] }) {
  const words = texts.network.rows;
  const rows: [string, (metrics: Metrics) => string][] = [
    [words.third, (it) => String(it.nakamoto_third)],
    [words.twoThirds, (it) => String(it.nakamoto_two_thirds)],
    [words.effective, (it) => alignDecimal(it.effective, 4)],
    [words.top1, (it) => alignPercent(it.top1_share)],
    [words.top10, (it) => alignPercent(it.top10_share)],
  ];
  return (
    <table id={props.id}>
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.network.columns.what}</th>
          {props.columns.map((name) => (
            <th key={name} scope="col" class="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, show]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {props.states.map((state, index) => (
              <td key={index} class="number">
                {show(state)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
