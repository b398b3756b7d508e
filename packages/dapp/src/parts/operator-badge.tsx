// The badge for an operator's own site: looked at, saved, and copied as HTML.
import { useState } from 'preact/hooks';
import { showAmount } from '../amounts';
import { saveText } from '../network/csv';
import { BADGE_HEIGHT, BADGE_WIDTH, drawBadge, writeSnippet, type Badge } from '../operators/badge';
import type { OperatorRow } from '../operators/operators';
import { nameOf } from '../operators/words';
import { usePage } from '../page';
import { showDay } from '../times';
import { texts } from '../texts';
import { CopyButton } from './copy-button';
import { linkOf } from './operator-parts';

const words = texts.operators.badge;
const FILE = 'defenders-badge.svg';

export function OperatorBadge({ row, time }: { row: OperatorRow; time: number }) {
  const { config } = usePage();
  const [hasStake, setStake] = useState(false);
  const stake = hasStake ? showAmount(row.vault, config.denom) : null;
  const date = showDay(time);
  const badge: Badge = {
    name: nameOf(row),
    title: words.title,
    stake: stake === null ? null : words.stake(stake),
    chain: config.chainName,
    date: words.date(date),
    description: words.description(config.chainName, stake, date),
  };
  const picture = drawBadge(badge);
  const snippet = writeSnippet(badge, `${location.origin}${location.pathname}${linkOf(row.validator)}`, FILE);
  return (
    <section id="badge" class="card">
      <h2>{words.section}</h2>
      <p>{words.lead}</p>
      <label class="choice">
        <input type="checkbox" checked={hasStake} onChange={(event) => setStake(event.currentTarget.checked)} /> {words.withStake}
      </label>
      <p>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(picture)}`}
          width={BADGE_WIDTH}
          height={BADGE_HEIGHT}
          alt={`${words.preview}: ${badge.title}: ${badge.name}`}
        />
      </p>
      <label for="snippet">{words.snippet}</label>
      <textarea id="snippet" readOnly rows={4} spellcheck={false} translate={false} value={snippet} />
      <p class="actions">
        <button type="button" class="second" onClick={() => saveText(FILE, picture, 'image/svg+xml')}>
          {words.save}
        </button>
        <CopyButton label={words.copy} text={snippet} />
      </p>
    </section>
  );
}
