// Flesch's reading ease: 206.835 - 1.015 words a sentence - 84.6 syllables a word. Plain English is 60 and more.
import { flesch } from 'flesch';
import { syllable } from 'syllable';

export interface Measure {
  ease: number;
  words: number;
}

/** Sentences are split here and not by a library: 12.5 % has none in it, and a colon begins no new one. */
export function measure(texts: string[]): Measure {
  const sentences = texts.flatMap((text) => text.split(/[.!?]+(?=\s|$)/)).map(wordsOf).filter((it) => it.length > 0);
  const words = sentences.flat();
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return { ease: flesch({ sentence: sentences.length, word: words.length, syllable: syllables }), words: words.length };
}

function wordsOf(sentence: string): string[] {
  return sentence.replace(/%/g, ' percent ').split(/\s+/).filter((it) => /[\p{L}\p{N}]/u.test(it));
}

/** A number has as many as it has digits, which is more than its words mostly have. */
function syllablesOf(word: string): number {
  const digits = word.replace(/\D/g, '').length;
  return digits > 0 ? digits : Math.max(syllable(word), 1);
}
