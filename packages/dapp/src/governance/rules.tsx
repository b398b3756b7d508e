// The settings in force, beside the bounds that no proposal leaves.
import { showPercent } from '../amounts';
import { usePage } from '../page';
import { texts } from '../texts';
import type { SettingRow } from './module';
import type { Governance } from './read';
import { showBounds, showValue } from './values';

const words = texts.governance.rules;

export function Rules({ facts, rows }: { facts: Governance; rows: SettingRow[] }) {
  const groups = [...new Set(rows.map((row) => row.group))];
  const { self_limit: limit, self_limit_warning: warning } = facts.config;
  return (
    <section aria-labelledby="rules-title" id="rules">
      <h2 id="rules-title">{words.title}</h2>
      <p>{words.lead}</p>
      <dl class="rows">
        <div>
          <dt>{words.limit}</dt>
          <dd>
            {showPercent(limit)}, {words.limitBounds}
          </dd>
        </div>
        <div>
          <dt>{words.warning}</dt>
          <dd>
            {showPercent(warning)}, {words.limitBounds}
          </dd>
        </div>
      </dl>
      {groups.map((group, index) => (
        <details key={group} open={index === 0} class="group">
          <summary>{words.groups[group] ?? group}</summary>
          <Group title={words.groups[group] ?? group} rows={rows.filter((row) => row.group === group)} facts={facts} />
        </details>
      ))}
    </section>
  );
}

/** Where rows are stacked, only their roles say that it is a table. */
function Group({ title, rows, facts }: { title: string; rows: SettingRow[]; facts: Governance }) {
  const { denom } = usePage().config;
  const columns = words.columns;
  return (
    <table class="stack" role="table">
      <caption class="unseen">{title}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">{columns.name}</th>
          <th scope="col" role="columnheader">{columns.value}</th>
          <th scope="col" role="columnheader">{columns.bounds}</th>
          <th scope="col" role="columnheader">{columns.atOnce}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => {
          const bounds = showBounds(row.unit, row.bounds, denom);
          const isOff = facts.config.caps_not_in_force.some((it) => it === row.name);
          return (
            <tr key={row.name} role="row" data-setting={row.name}>
              <th scope="row" role="rowheader">
                {words.names[row.name] ?? row.name}
                <span class="under quiet">{row.what}.</span>
              </th>
              <td role="cell" data-name={columns.value}>
                <span class={row.unit === 'account' ? 'address' : 'whole'} translate={row.unit === 'account' ? false : undefined}>
                  {showValue(row.unit, row.value, denom)}
                </span>
                {isOff && <span class="under quiet">{words.notInForce}</span>}
                {row.waits && <span class="under quiet">{words.waits(row.waits.id, showValue(row.unit, row.waits.then, denom))}</span>}
              </td>
              <td role="cell" data-name={columns.bounds}>{row.may_be_absent && row.bounds ? words.orNone(bounds) : bounds}</td>
              <td role="cell" data-name={columns.atOnce}>{row.is_fixed ? words.fixed : words.directions[row.at_once]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
