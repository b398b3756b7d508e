// Operators as cards: the same facts, one below the other.
import type { ComponentChildren } from 'preact';
import { showAmount } from '../amounts';
import type { CommissionChange } from '../operators/commissions';
import type { OperatorRow } from '../operators/operators';
import { tellCap, tellTroubles } from '../operators/words';
import { usePage } from '../page';
import { showDay } from '../times';
import { texts } from '../texts';
import { AlikeMark, Commission, OperatorLink, SiteLink, StateMark, UptimeText } from './operator-parts';

const words = texts.operators;

interface Props {
  rows: OperatorRow[];
  /** So many of them are on the screen; all are on paper. */
  first: number;
  changes: Map<string, CommissionChange>;
}

export function OperatorCards({ rows, first, changes }: Props) {
  const unit = usePage().config.denom;
  return (
    <ul class="cards many" role="list">
      {rows.map((row, index) => {
        const facts: [string, ComponentChildren][] = [
          [words.columns.tokens, showAmount(row.tokens, unit)],
          [words.columns.others, showAmount(row.tokens - row.vault, unit)],
          [words.columns.vault, showAmount(row.vault, unit)],
          [words.columns.cap, row.info ? tellCap(row.info.binding) : '–'],
          [words.columns.commission, <Commission row={row} change={changes.get(row.validator)} />],
          [words.columns.uptime, <UptimeText row={row} />],
          [words.columns.since, row.listedAt === null ? '–' : showDay(row.listedAt)],
        ];
        return (
          <li key={row.validator} class={index < first ? 'card' : 'card only-print'} data-validator={row.validator} data-state={row.state}>
            <h3>
              <OperatorLink row={row} />
            </h3>
            <p>
              <StateMark row={row} /> <AlikeMark row={row} /> {row.website && <SiteLink site={row.website} />}
            </p>
            {tellTroubles(row).map((trouble) => (
              <p key={trouble}>{trouble}</p>
            ))}
            {row.reason && <p class="quiet">{row.reason}</p>}
            <dl>
              {facts.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
