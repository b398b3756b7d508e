// A withdrawal's day for a calendar: a file after RFC 5545.
import { texts } from '../texts';

export interface Reminder {
  chainId: string;
  vault: string;
  account: string;
  batchId: number;
  /** About so much, in words. */
  tokens: string;
  /** When it is likely claimable, and when in the worst case, seconds. */
  earliest: number;
  latest: number;
  /** Where it is claimed. */
  address: string;
}

/** The most bytes of a line. */
const LINE = 75;
const DAY = 86_400;

/** `now` in seconds. Where the worst case is far behind what is likely, each is an event of its own. */
export function writeCalendar(it: Reminder, now: number): string {
  const words = texts.calendar;
  const hasBoth = it.earliest > now && it.latest - it.earliest > DAY;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Decentralized Staking Defenders//Delegator page//EN',
    ...(hasBoth ? writeEvent(it, now, it.earliest, words.likely(it.tokens), '.likely') : []),
    ...writeEvent(it, now, it.latest, words.summary(it.tokens), ''),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function writeEvent(it: Reminder, now: number, at: number, summary: string, which: string): string[] {
  return [
    'BEGIN:VEVENT',
    // the same withdrawal again replaces what the calendar has
    `UID:${escape(`${it.chainId}.${it.vault}.${it.account}.${it.batchId}${which}@defenders`)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(at)}`,
    'DURATION:PT15M',
    `SUMMARY:${escape(summary)}`,
    `DESCRIPTION:${escape(texts.calendar.description(it.batchId, utcWords(it.earliest), utcWords(it.latest), it.address))}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escape(summary)}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
  ];
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** `20261127T083000Z` */
function utc(seconds: number): string {
  return iso(seconds).replace(/[-:]/g, '').replace(/\.\d+/, '');
}

/** `2026-11-27 08:30 UTC` */
function utcWords(seconds: number): string {
  return `${iso(seconds).slice(0, 16).replace('T', ' ')} UTC`;
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, (char) => `\\${char}`).replace(/\r\n?|[\n\u2028\u2029]/g, '\\n');
}

/** No line is longer than 75 bytes, and no letter is cut in two. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let bytes = 0;
  for (const letter of line) {
    const more = encoder.encode(letter).length;
    if (bytes + more > LINE) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += letter;
    bytes += more;
  }
  return folded;
}
