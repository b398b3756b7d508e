import { showAmount, showPercent, type Unit } from '../amounts';
import { showTime } from '../times';
import { texts } from '../texts';
import type { Refusal } from './refusal';

/** A refusal in words, with its numbers. */
export function tellRefusal(refusal: Refusal, unit: Unit): string {
  const words = texts.refusals;
  switch (refusal.kind) {
    case 'brake':
      return words.brake(showTime(refusal.until));
    case 'doubt':
      return words.doubt(showTime(refusal.since));
    case 'full':
      return words.full(showAmount(refusal.capacity, unit));
    case 'room':
      return words.room(showAmount(refusal.left, unit));
    case 'selfLimit':
      return words.selfLimit(showPercent(refusal.share), showPercent(refusal.limit));
    case 'admin':
    case 'worthless':
    case 'notReady':
      return words[refusal.kind];
  }
}
