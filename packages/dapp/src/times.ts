// Instants in seconds, as people read them, in the zone of the reader.

export function showTime(seconds: number, locale?: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  return format.format(new Date(seconds * 1000));
}

/** Whole days that a duration begins. */
export function daysOf(seconds: number): number {
  return Math.ceil(seconds / 86_400);
}

/** The day alone. */
export function showDate(seconds: number, locale?: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone }).format(new Date(seconds * 1000));
}
