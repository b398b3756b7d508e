// The built page below a folder, as any static host serves it, with a configuration of one's own:
// node tools/serve.mjs FOLDER-OF-THE-DEVNET [PORT]
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { devnetConfig } from './devnet-config.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Serves at `address`; `config` may be changed between loads. `home`: the devnet's folder, for its list of checksums. */
export class Host {
  static async start(config, port = 0, home = null) {
    const host = new Host();
    host.config = config;
    host.home = home;
    host.server = createServer((request, response) => host.serve(request, response));
    await new Promise((done, fail) => host.server.once('error', fail).listen(port, '127.0.0.1', done));
    host.address = `http://127.0.0.1:${host.server.address().port}/page/`;
    return host;
  }

  serve(request, response) {
    const path = new URL(request.url, 'http://host').pathname.replace('/page/', '') || 'index.html';
    if (path === 'config.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.config));
      return;
    }
    if (path === 'checksums.txt' && this.home !== null) {
      response.setHeader('content-type', 'text/plain');
      createReadStream(join(this.home, path)).pipe(response);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [home = 'devnet', port = '8080'] = process.argv.slice(2);
  const host = await Host.start(devnetConfig(resolve(home)), Number(port), resolve(home));
  console.log(`the page, on the devnet in ${home}: ${host.address}`);
}
