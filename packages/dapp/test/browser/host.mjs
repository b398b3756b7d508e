// The built page, served below a folder as any static host does, with a configuration of the test's.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Serves at `address`; `config` may be changed between loads. */
export class Host {
  static async start(config) {
    const host = new Host();
    host.config = config;
    host.server = createServer((request, response) => host.serve(request, response));
    await new Promise((resolve) => host.server.listen(0, '127.0.0.1', resolve));
    host.address = `http://127.0.0.1:${host.server.address().port}/some/folder/`;
    return host;
  }

  serve(request, response) {
    const path = new URL(request.url, 'http://host').pathname.replace('/some/folder/', '') || 'index.html';
    if (path === 'config.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.config));
      return;
    }
    const file = join(DIST, normalize(path));
    if (!file.startsWith(DIST) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  }

  stop() {
    this.server.close();
  }
}
