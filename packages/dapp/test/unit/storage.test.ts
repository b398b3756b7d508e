import { describe, expect, test } from 'vitest';
import { Keeper, type Store } from '../../src/storage';
import { PendingStore } from '../../src/tx/pending';

const full = (): Store => ({
  getItem: () => null,
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError');
  },
  removeItem: () => undefined,
});

describe('what the browser keeps', () => {
  test('is kept by the page where the disk is full, or storage is switched off', () => {
    const shut = () => {
      throw new DOMException('no', 'SecurityError');
    };
    for (const open of [full, shut]) {
      const keeper = new Keeper(open);
      const pending = new PendingStore('chain', keeper);
      const one = { hash: 'A'.repeat(64), act: 'deposit', at: 1, timeoutHeight: 9, sequence: '0' };
      pending.write('wasm1a', one);
      expect(pending.read('wasm1a')).toEqual(one);
      expect(keeper.isForgetful).toBe(true);
      pending.clear('wasm1a', one);
      expect(pending.read('wasm1a')).toBeNull();
    }
  });

  test('is what was written last, though the disk is full of something older', () => {
    const keeper = new Keeper(() => ({ ...full(), getItem: () => 'older' }));
    keeper.setItem('key', 'newer');
    expect(keeper.getItem('key')).toBe('newer');
  });

  test('is shared with other tabs where it can be', () => {
    const disk = new Map<string, string>();
    const open = (): Store => ({
      getItem: (key) => disk.get(key) ?? null,
      setItem: (key, value) => void disk.set(key, value),
      removeItem: (key) => void disk.delete(key),
    });
    const [one, other] = [new Keeper(open), new Keeper(open)];
    one.setItem('key', 'value');
    expect(other.getItem('key')).toBe('value');
    other.removeItem('key');
    expect(one.getItem('key')).toBeNull();
    expect(one.isForgetful).toBe(false);
  });
});
