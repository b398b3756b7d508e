// What the list, the cards and an operator's own page show alike.
import { showPercent } from '../amounts';
import type { CommissionChange } from '../operators/commissions';
import type { OperatorRow } from '../operators/operators';
import { kindOf, nameOf, showUptime, tellMissed, tellNoUptime } from '../operators/words';
import { showTime } from '../times';
import { texts } from '../texts';

const words = texts.operators;

/** The hash of an operator's own page. */
export function linkOf(validator: string): string {
  return `#/defenders/${validator}`;
}

export function OperatorLink({ row }: { row: OperatorRow }) {
  return (
    <a href={linkOf(row.validator)} translate={false} title={row.validator}>
      <bdi>{nameOf(row)}</bdi>
    </a>
  );
}

/** The operator's site as the vault's list has it, by its host. */
export function SiteLink({ site }: { site: URL }) {
  return (
    <a class="site" href={site.href} rel="noopener noreferrer nofollow" translate={false}>
      {site.host}
    </a>
  );
}

export function StateMark({ row }: { row: OperatorRow }) {
  const kind = kindOf(row);
  const colours = { given: 'good', next: 'good', none: '', waiting: 'warn', leaving: 'bad', unlisted: '' };
  return <span class={`mark ${row.fate === null ? colours[kind] : 'bad'}`}>{words.states[kind]}</span>;
}

export function AlikeMark({ row }: { row: OperatorRow }) {
  return row.alike.length === 0 ? null : <span class="mark warn">{words.alikeShort}</span>;
}

export function Commission({ row, change }: { row: OperatorRow; change: CommissionChange | undefined }) {
  return (
    <>
      {showPercent(row.commission)} <span class="under quiet">{words.mostCommission(showPercent(row.maxCommission))}</span>
      <ChangeMark change={change} />
    </>
  );
}

export function ChangeMark({ change }: { change: CommissionChange | undefined }) {
  return change ? <strong class="mark warn under">{words.wasCommission(showPercent(change.was), showTime(change.since))}</strong> : null;
}

export function UptimeText({ row }: { row: OperatorRow }) {
  if (row.uptime === null) return <span class="quiet">{tellNoUptime(row)}</span>;
  return <span title={tellMissed(row.uptime)}>{showUptime(row.uptime)}</span>;
}
