import { expect, test } from 'vitest';
import { readPlace } from '../../src/routes';

test('a hash names a screen, and what it is about', () => {
  expect(readPlace('')).toEqual({ route: 'network', of: null });
  expect(readPlace('#/deposit')).toEqual({ route: 'deposit', of: null });
  expect(readPlace('#/position/wasm1abc')).toEqual({ route: 'position', of: 'wasm1abc' });
  expect(readPlace('#/defenders/wasmvaloper1abc')).toEqual({ route: 'defenders', of: 'wasmvaloper1abc' });
});

test('what is not known leads to the first screen', () => {
  for (const hash of ['#/nowhere', '#/position/<b>', '#position', '#/network/x/y']) expect(readPlace(hash).route).toBe('network');
});
