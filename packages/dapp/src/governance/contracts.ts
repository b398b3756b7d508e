// What the chain says of contracts and their code.
import { fromBase64, type Chain } from '../node/chain';
import { ChainError, NoEndpointError } from '../node/rest';

export interface CodeInfo {
  code_id: number;
  /** SHA-256, lower case hex. */
  checksum: string;
  /** Null: everybody; empty: nobody. */
  instantiators: string[] | null;
}

export interface ContractFacts {
  address: string;
  info: { code_id: number; admin: string | null; label: string } | null;
  code: CodeInfo | null;
  /** All that it has ever run; null where the chain does not tell. */
  codes: CodeInfo[] | null;
  cw2: [string, string] | null;
}

/** As `optional`, and what a node does not serve at all is not known either: it decides nothing but its own check. */
async function served<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ChainError || error instanceof NoEndpointError) return null;
    throw error;
  }
}

/** What the chain or a contract refuses to answer is not known. */
export async function optional<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ChainError) return null;
    throw error;
  }
}

interface CodeAnswer {
  code_id: string;
  checksum?: string;
  data_hash?: string;
  instantiate_permission?: { permission: string; address?: string; addresses?: string[] } | null;
}

/** Null where the chain has none of that number. */
export async function readCode(chain: Chain, code: number): Promise<CodeInfo | null> {
  let answer = await optional(chain.rest.get<CodeAnswer>(`/cosmwasm/wasm/v1/code-info/${code}`));
  // chains from before know the code with all its bytes only
  answer ??= await optional(chain.rest.get<{ code_info: CodeAnswer }>(`/cosmwasm/wasm/v1/code/${code}`).then((it) => it.code_info));
  if (answer === null) return null;
  return { code_id: Number(answer.code_id), checksum: (answer.checksum ?? answer.data_hash ?? '').toLowerCase(), instantiators: instantiatorsOf(answer) };
}

function instantiatorsOf({ instantiate_permission: allowed }: CodeAnswer): string[] | null {
  if (!allowed || /everybody/i.test(allowed.permission)) return null;
  if (/nobody/i.test(allowed.permission)) return [];
  return allowed.addresses ?? (allowed.address ? [allowed.address] : []);
}

async function readInfo(chain: Chain, address: string): Promise<ContractFacts['info']> {
  type Answer = { contract_info: { code_id: string; admin: string; label: string } };
  const answer = await optional(chain.rest.get<Answer>(`/cosmwasm/wasm/v1/contract/${address}`));
  if (answer === null) return null;
  const { code_id: code, admin, label } = answer.contract_info;
  return { code_id: Number(code), admin: admin === '' ? null : admin, label };
}

async function readCodes(chain: Chain, address: string): Promise<CodeInfo[] | null> {
  const path = `/cosmwasm/wasm/v1/contract/${address}/history`;
  const entries = await served(chain.rest.pages<{ code_id: string }, 'entries'>(path, 'entries'));
  if (entries === null) return null;
  const numbers = [...new Set(entries.map((it) => Number(it.code_id)))];
  const codes = await Promise.all(numbers.map((number) => readCode(chain, number)));
  const known = codes.filter((it) => it !== null);
  return known.length === codes.length && known.length > 0 ? known : null;
}

async function readCw2(chain: Chain, address: string): Promise<[string, string] | null> {
  const path = `/cosmwasm/wasm/v1/contract/${address}/raw/${encodeURIComponent(btoa('contract_info'))}`;
  const answer = await served(chain.rest.get<{ data: string | null }>(path));
  try {
    const text = new TextDecoder().decode(fromBase64(answer?.data ?? ''));
    const { contract, version } = JSON.parse(text) as { contract?: unknown; version?: unknown };
    return typeof contract === 'string' && typeof version === 'string' ? [contract, version] : null;
  } catch {
    return null;
  }
}

/** An address with the contract there, if there is one. */
export async function readContract(chain: Chain, address: string): Promise<ContractFacts> {
  const info = await readInfo(chain, address);
  if (info === null) return { address, info, code: null, codes: null, cw2: null };
  const [code, codes, cw2] = await Promise.all([readCode(chain, info.code_id), readCodes(chain, address), readCw2(chain, address)]);
  return { address, info, code, codes, cw2 };
}
