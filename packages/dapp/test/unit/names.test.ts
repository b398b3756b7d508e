import { expect, test } from 'vitest';
import { tellApart } from '../../src/alike';

test('lesson 32: names that are equal, or look so, are told apart by their addresses', () => {
  const labels = tellApart(
    new Map([
      ['wasmvaloper1aaaaaaaaaaaaaaaaaaaaaa', 'Solar Validator'],
      ['wasmvaloper1bbbbbbbbbbbbbbbbbbbbbb', 'solar-validator'],
      ['wasmvaloper1cccccccccccccccccccccc', 'ｓｏｌａｒ validator'],
      ['wasmvaloper1dddddddddddddddddddddd', 'Lunar'],
      ['wasmvaloper1eeeeeeeeeeeeeeeeeeeeee', null],
    ]),
  );
  expect([...labels.values()]).toEqual([
    'Solar Validator (wasmvaloper1aaaa…aaaaaa)',
    'solar-validator (wasmvaloper1bbbb…bbbbbb)',
    'ｓｏｌａｒ validator (wasmvaloper1cccc…cccccc)',
    'Lunar',
    'wasmvaloper1eeee…eeeeee',
  ]);
  expect(new Set(labels.values()).size).toBe(labels.size);
});
