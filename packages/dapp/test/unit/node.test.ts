import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { refuseEndpoint } from '../../src/config';
import { readDisplay } from '../../src/node/bank';
import { Chain } from '../../src/node/chain';
import { judgeHead } from '../../src/node/freshness';
import { ChainError, NoEndpointError, Rest } from '../../src/node/rest';

const servers: Server[] = [];
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Milliseconds: a busy machine's own server has to answer in it. */
const PATIENCE = 1_500;

const json: RequestListener = (_, response) => response.end('{"good":true}');

test('lesson 23: of a node that loses answers a read is asked for again, and what sends something is not', async () => {
  let count = 0;
  const losing = await serve((request, response) => {
    count += 1;
    if (count === 4) json(request, response);
    else request.socket.destroy();
  });
  expect(await new Rest([losing]).get('/x')).toEqual({ good: true });
  expect(count).toBe(4);
  await expect(new Rest([losing]).post('/x', {})).rejects.toBeInstanceOf(NoEndpointError);
  expect(count).toBe(5);
});

describe('lesson 23: each fault of an endpoint leads to the next', () => {
  const faults: [string, RequestListener][] = [
    ['answers HTML', (_, response) => response.end('<html>hello</html>')],
    ['never answers', () => undefined],
    ['cuts the connection', (request) => request.socket.destroy()],
    ['is a gateway without a node', (_, response) => response.writeHead(502).end('{"message":"bad gateway"}')],
    ['answers null', (_, response) => response.end('null')],
    ['lost its node', (_, response) => response.writeHead(503).end('{"code":14,"message":"connection refused","details":[]}')],
  ];
  test.each(faults)('one that %s', async (_, fault) => {
    const rest = new Rest([await serve(fault), await serve(json)], PATIENCE);
    expect(await rest.get('/x')).toEqual({ good: true });
    expect(rest.current).toBe(1);
  });

  test('where the browser cannot end a question by itself, as on phones of some years ago, it is ended all the same', async () => {
    const { timeout } = AbortSignal;
    Reflect.deleteProperty(AbortSignal, 'timeout');
    try {
      const rest = new Rest([await serve(() => undefined), await serve(json)], PATIENCE);
      expect(await rest.get('/x')).toEqual({ good: true });
    } finally {
      AbortSignal.timeout = timeout;
    }
  });

  test('when none answers each reason is told', async () => {
    const html = await serve((_, response) => response.writeHead(404).end('<p>'));
    const rest = new Rest(['http://127.0.0.1:9', html], PATIENCE);
    const error: unknown = await rest.get('/x').catch((it: unknown) => it);
    expect(error).toBeInstanceOf(NoEndpointError);
    expect((error as NoEndpointError).reasons).toHaveLength(2);
    expect((error as NoEndpointError).message).toContain('no JSON, status 404');
  });

  test('what the chain itself refuses is not asked elsewhere', async () => {
    let asked = 0;
    const other = await serve((_, response) => response.end(`{"n":${(asked += 1)}}`));
    const refusing = await serve((_, response) => response.writeHead(404).end('{"code":5,"message":"tx not found","details":[]}'));
    const rest = new Rest([refusing, other], PATIENCE);
    await expect(rest.get('/x')).rejects.toThrow(ChainError);
    expect(asked).toBe(0);
  });
});

test('lesson 23: an answer without what was asked for leads to the next, and a list without end is an error', async () => {
  const odd = await serve((_, response) => response.end('{"bad":true}'));
  const rest = new Rest([odd, await serve(json)], PATIENCE);
  expect(await rest.get('/x', 'good')).toEqual({ good: true });
  expect(rest.current).toBe(1);
  await expect(new Rest([odd], PATIENCE).pages('/x', 'rows')).rejects.toThrow('an answer without rows');
  const endless = await serve((_, response) => response.end('{"rows":[1],"pagination":{"next_key":"a"}}'));
  await expect(new Rest([endless], PATIENCE).pages('/x', 'rows')).rejects.toThrow('without end');
});

test('pages are read to the last', async () => {
  const url = await serve((request, response) => {
    const key = new URL(request.url ?? '', 'http://x').searchParams.get('pagination.key');
    response.end(JSON.stringify(key === null ? { rows: [1, 2], pagination: { next_key: 'a+/=' } } : { rows: [key], pagination: { next_key: null } }));
  });
  expect(await new Rest([url]).pages('/list', 'rows')).toEqual([1, 2, 'a+/=']);
});

test('lesson 24: an old or falling height is told, a clock ahead of ours is not', () => {
  const head = { chainId: 'c', height: 100, time: 1_000 };
  expect(judgeHead(head, 100, 1_010)).toEqual({ kind: 'fresh' });
  expect(judgeHead(head, 105, 1_010), 'nodes behind one address are some blocks apart').toEqual({ kind: 'fresh' });
  expect(judgeHead(head, 106, 1_010)).toEqual({ kind: 'falling', from: 106 });
  expect(judgeHead(head, 100, 1_200)).toEqual({ kind: 'old', age: 200 });
  expect(judgeHead({ ...head, time: 9_000_000 }, 100, 1_000)).toEqual({ kind: 'fresh' });
});

test('lesson 26: https or this machine, anything else is refused with the reason', () => {
  for (const good of ['https://rest.example', 'http://127.0.0.1:1317', 'http://localhost:1317']) {
    expect(refuseEndpoint(good)).toBeNull();
  }
  for (const bad of ['http://rest.example', 'ws://127.0.0.1', 'ftp://x', 'http://127.0.0.1.example', 'rest.example', '']) {
    expect(refuseEndpoint(bad), bad).toMatch(/refused|no address/);
  }
});

describe('how a denom is shown is what the bank says, if that can be shown', () => {
  const denom = 'factory/wasm1vault/defend';
  const units = (display: string, exponent: unknown) => ({
    metadata: { display, denom_units: [{ denom, exponent: 0 }, { denom: 'DEF\u202EEND', exponent }] },
  });
  const cases: [string, number, unknown, unknown][] = [
    ['cleaned', 200, units('DEF\u202EEND', 6), { symbol: 'DEFEND', decimals: 6 }],
    ['in base units', 200, units(denom, 6), null],
    ['a unit that is not there', 200, units('OTHER', 6), null],
    ['too many decimals', 200, units('DEF\u202EEND', 19), null],
    ['decimals that are none', 200, units('DEF\u202EEND', '6'), null],
    ['nothing', 404, { code: 5, message: 'client metadata for denom' }, null],
    ['a node that cannot be asked', 501, { code: 12, message: 'Not Implemented' }, null],
    ['an odd answer', 200, {}, null],
  ];
  test.each(cases)('%s', async (_, status, answer, shown) => {
    const asked: string[] = [];
    const node = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.statusCode = status;
      response.end(JSON.stringify(answer));
    });
    expect(await readDisplay(new Chain(new Rest([node]), 'c'), denom)).toEqual(shown);
    expect(asked).toEqual(['/cosmos/bank/v1beta1/denoms_metadata_by_query_string?denom=factory%2Fwasm1vault%2Fdefend']);
  });
});
