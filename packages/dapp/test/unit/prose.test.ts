import { expect, test } from 'vitest';
import { link, plainText, prose } from '../../src/prose';

test('a paragraph keeps names and links apart from its text', () => {
  const paragraph = prose`${{ name: '<b>Evil</b>' }} has ${7} of ${'9 %'}: ${link('deposit', 'go')}.`;
  expect(paragraph).toEqual(['', { name: '<b>Evil</b>' }, ' has ', '7', ' of ', '9 %', ': ', { to: 'deposit', text: 'go' }, '.']);
  expect(plainText(paragraph)).toBe('<b>Evil</b> has 7 of 9 %: go.');
  expect(plainText(prose`${{ name: null }} is without a name`)).toBe(' is without a name');
});
