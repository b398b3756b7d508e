import { defineConfig } from 'vitest/config';

export default defineConfig({
  // works from any folder of any host
  base: './',
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: { include: ['test/unit/**/*.test.ts'] },
});
