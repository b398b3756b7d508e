// A withdrawal's day for a calendar: a file after RFC 5545.
import { texts } from '../texts';

export interface Reminder {
  chainId: string;
  vault: string;
  account: string;
  batchId: number;
  /** About so much, in words. */
  tokens: string;
  /** Between these it becomes claimable, seconds. */
  earliest: number;
  latest: number;
  /** Where it is claimed. */
  address: string;
}

/** The most bytes of a line. */
const LINE = 75;

/** `now` in seconds. */
export function writeCalendar(it: Reminder, now: number): string {
  const words = texts.calendar;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Decentralized Staking Defenders//Delegator page//EN',
    'BEGIN:VEVENT',
    // the same withdrawal again replaces what the calendar has
    `UID:${escape(`${it.chainId}.${it.vault}.${it.account}.${it.batchId}@defenders`)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(it.latest)}`,
    'DURATION:PT15M',
    `SUMMARY:${escape(words.summary(it.tokens))}`,
    `DESCRIPTION:${escape(words.description(it.batchId, utcWords(it.earliest), utcWords(it.latest), it.address))}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escape(words.summary(it.tokens))}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
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
