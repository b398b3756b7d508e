// Instants in seconds, as people read them, in the zone of the reader.
import { dateLocale } from './locale';
import { texts } from './texts';

export function showTime(seconds: number, locale = dateLocale(texts.language), timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  return format.format(new Date(seconds * 1000));
}

/** A text of the program, its instants as the reader has them. */
export function localTimes(text: string): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z/g, (instant) => {
    const at = Date.parse(instant);
    return Number.isNaN(at) ? instant : showTime(at / 1000);
  });
}

/** Whole days that a duration begins. */
export function daysOf(seconds: number): number {
  return Math.ceil(seconds / 86_400);
}

/** The day alone. */
export function showDay(seconds: number, locale = dateLocale(texts.language), timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone }).format(new Date(seconds * 1000));
}
