// Running text with numbers, names of strangers and links in it.
import type { Route } from './routes';

/** A stranger's name, or a place of the page. */
export type Mark = { name: string | null } | { to: string; text: string };
/** What a paragraph is made of. */
export type Prose = readonly (string | Mark)[];

/** A paragraph: numbers become text, marks stay. */
export function prose(texts: TemplateStringsArray, ...values: (string | number | Mark)[]): Prose {
  const pieces: (string | Mark)[] = [];
  texts.forEach((text, index) => {
    pieces.push(text);
    const value = values[index];
    if (value !== undefined) pieces.push(typeof value === 'number' ? String(value) : value);
  });
  return pieces;
}

/** As it is read aloud. */
export function plainText(paragraph: Prose): string {
  return paragraph.map((piece) => (typeof piece === 'string' ? piece : 'to' in piece ? piece.text : (piece.name ?? ''))).join('');
}

/** A link to a screen; plain text where the page has no such screen. */
export function link(route: Route | 'spread' | 'defenders' | 'governance', text: string): Mark {
  return { to: route, text };
}
