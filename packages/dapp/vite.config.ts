import { defineConfig } from 'vitest/config';

/** Where the page will lie, as https://defenders.example/stake/: what shows shared links asks for whole addresses. */
const { DEFENDERS_ADDRESS: address } = process.env;

export default defineConfig({
  // works from any folder of any host
  base: './',
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  plugins: [
    {
      name: 'whole addresses for shared links',
      transformIndexHtml: {
        order: 'post',
        handler: (html: string) =>
          address === undefined ? html : html.replace('content="./preview.png"', `content="${new URL('preview.png', address)}"`),
      },
    },
  ],
  test: { include: ['test/unit/**/*.test.ts'] },
});
