// What texts are made with in this language.
import { showCount } from '../locale';

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

/** In letters up to twelve. */
export const spell = (count: number): string => NUMBERS[count] ?? String(count);
export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
export const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
/** So many of the largest, with what they do. */
export const largest = (count: number): string => (count === 1 ? 'the largest holds' : `the ${count} largest hold`);
/** So many of a thing, in digits. */
export const many = (count: number, one: string): string => `${showCount(count)} ${plural(count, one, `${one}s`)}`;
