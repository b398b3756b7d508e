// The program's own checks, counts and words, as WebAssembly: loaded when the screen is opened.
import { proposals, settings, verify } from '../wasm/client.js';
import type { ChangesResponse, ConfigResponse } from '../vault/types';

export type Finding = 'ok' | 'not_ok' | 'cannot_tell';

/** As `defenders verify --json` prints it. */
export interface Report {
  vault: string;
  chain_id: string;
  height: number;
  verdict: Finding;
  is_ok: boolean | null;
  counts: Record<Finding, number>;
  release: { checksums: string; source: string | null; builder: string | null } | null;
  checks: { what: string; finding: Finding; because: string }[];
}

/** A setting in force. Values as `propose_settings` takes them. */
export interface SettingRow {
  name: string;
  what: string;
  group: string;
  unit: string;
  value: string | null;
  bounds: [string, string] | null;
  may_be_absent: boolean;
  is_fixed: boolean;
  at_once: 'lower' | 'higher' | 'absent' | 'none';
  reason: string;
  waits: { id: number; then: string | null; due_at: number; expires_at: number } | null;
}

export interface Votes {
  yes: number;
  no: number;
  abstain: number;
  veto: number;
}

export type ProposalStatus = 'open' | 'rejected' | 'passed' | 'executed';

/** The votes of a proposal, counted at a block. */
export interface Count {
  id: number;
  multisig: string;
  status: ProposalStatus;
  status_as_answered: string;
  votes: Votes;
  total_weight: number;
  passes_with: string;
  proposer: string;
  expires_at: number | null;
  expires: string;
  height: number;
}

export interface EffectRow {
  what: string;
  means: string | null;
  now_is_known: boolean;
  now: string | null;
  then: string | null;
  effect: string;
  reason: string;
  earliest: number | null;
  when: string;
  replaces: number | null;
}

export interface MessageRow {
  place: string;
  contract: string | null;
  name: string;
  valid_until: number | null;
  funds: string[];
  effects: EffectRow[];
  fields: { field: string; value: unknown }[];
}

/** As `defenders inspect --json` prints it. */
export interface ProposalReport {
  warnings: { place: string; kind: string; message: string }[];
  title: string | null;
  description: string | null;
  count: Count;
  messages: MessageRow[];
}

export interface ProposalsAnswer {
  proposals: { report: ProposalReport | null; error: string | null }[];
  code_ids: number[];
  /** Who may carry out what has passed, in words; null where the multisig does not tell. */
  executor: string | null;
}

/** After `loadClient`. Throws the module's reason. */
export function computeVerify(question: unknown): { report: Report; words: string } {
  return JSON.parse(verify(JSON.stringify(question))) as { report: Report; words: string };
}

export function computeProposals(question: unknown): ProposalsAnswer {
  return JSON.parse(proposals(JSON.stringify(question))) as ProposalsAnswer;
}

export function computeSettings(config: ConfigResponse, changes: ChangesResponse, time: number): SettingRow[] {
  return JSON.parse(settings(JSON.stringify({ config, changes, time }))) as SettingRow[];
}
