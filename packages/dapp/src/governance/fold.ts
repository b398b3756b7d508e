// What a proposal could bury the reader under, folded: nothing is left out, what is rare stands first.
import type { MessageRow, ProposalReport } from './module';

export interface Warned {
  message: string;
  /** Where, the first first. */
  places: string[];
}

/** Warnings of the same words once; kinds that are rare before those that are many. */
export function groupWarnings(warnings: ProposalReport['warnings']): Warned[] {
  const ofKind = new Map<string, number>();
  const groups = new Map<string, Warned & { kind: string }>();
  for (const { kind, message, place } of warnings) {
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1);
    const group = groups.get(message) ?? { kind, message, places: [] };
    group.places.push(place);
    groups.set(message, group);
  }
  const rank = (kind: string) => ofKind.get(kind) ?? 0;
  return [...groups.values()].sort((one, other) => rank(one.kind) - rank(other.kind));
}

/** The first `most` of each name to each contract, and the others. */
export function foldMessages(messages: MessageRow[], most: number): { shown: MessageRow[]; folded: MessageRow[] } {
  const seen = new Map<string, number>();
  const shown: MessageRow[] = [];
  const folded: MessageRow[] = [];
  for (const message of messages) {
    const name = `${message.contract} ${message.name}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    (before < most ? shown : folded).push(message);
  }
  return { shown, folded };
}

/** Whether a text is so long that it gets a place of its own to scroll in. */
export function isLong(text: string): boolean {
  return text.length > 1_200 || text.split('\n').length > 15;
}
