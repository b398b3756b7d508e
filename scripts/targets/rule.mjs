// The rule of targets taken literally: one unit at a time, nothing clever.

const ONE = 10n ** 18n
const min = (...all) => all.reduce((a, b) => (b < a ? b : a))

/** A decimal string as an integer of 10^-18. */
const atomics = (text) => {
  const [whole, places = ''] = text.split('.')
  return BigInt(whole) * ONE + BigInt(places.padEnd(18, '0'))
}

/** Byte order, which is not JavaScript's beyond the basic plane. */
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The own caps of a validator by name, in the order that breaks ties between names. */
function ownCaps(file, validator) {
  const { policy } = file
  const external = BigInt(validator.external)
  const caps = [['vault_share', (atomics(policy.vault_share_cap) * BigInt(file.total)) / ONE]]
  if (policy.chain_share_cap != null) {
    const most = (atomics(policy.chain_share_cap) * BigInt(file.total_bonded)) / ONE - external
    caps.push(['chain_share', most < 0n ? 0n : most])
  }
  if (policy.match_cap != null) {
    const gamma = atomics(policy.match_cap)
    caps.push(['match', (gamma * external) / (ONE - gamma)])
  }
  if (validator.owner_max != null) caps.push(['owner_max', BigInt(validator.owner_max)])
  if (validator.own_max != null) caps.push(['own_max', BigInt(validator.own_max)])
  if (policy.bond_factor != null) {
    caps.push(['bond', (atomics(policy.bond_factor) * BigInt(validator.self_bond ?? 0)) / ONE])
  }
  return caps
}

/** Everything but the handing out: rows in ascending address, groups with their caps. */
export function prepare(file) {
  const total = BigInt(file.total)
  const groups = new Map()
  for (const { group, cap } of file.groups ?? []) {
    groups.set(group, { name: group, cap: (atomics(cap) * total) / ONE, held: 0n })
  }
  const eligible = BigInt(file.validators.filter((it) => it.eligible).length)
  const floor = eligible === 0n ? 0n : (atomics(file.policy.floor) * total) / (ONE * eligible)
  const rows = file.validators.map((it) => {
    const caps = ownCaps(file, it)
    const least = it.eligible ? min(...caps.map(([, tokens]) => tokens)) : 0n
    return {
      validator: it.validator,
      eligible: it.eligible,
      external: BigInt(it.external),
      caps,
      cap: least,
      floor: min(floor, least),
      groups: (it.groups ?? []).map((name) => groups.get(name)),
      held: 0n,
    }
  })
  rows.sort((a, b) => byBytes(a.validator, b.validator))
  return { total, rows }
}

const hasGroupRoom = (row) => row.groups.every((group) => group.held < group.cap)

/** Hands out the units. The first of equal keys wins, and rows stand in ascending address. */
export function handOut({ total, rows }) {
  const smallest = (may, key) => {
    let best = null
    for (const row of rows) {
      if (may(row) && hasGroupRoom(row) && (best === null || key(row) < key(best))) best = row
    }
    return best
  }
  let left = total
  for (; left > 0n; left -= 1n) {
    const row =
      smallest((it) => it.held < it.floor, (it) => it.held) ??
      smallest((it) => it.held < it.cap, (it) => it.external + it.held)
    if (row === null) break
    row.held += 1n
    for (const group of row.groups) group.held += 1n
  }
  return left
}

export function binding(row) {
  if (!row.eligible) return 'ineligible'
  if (row.held === row.cap) return row.caps.find(([, tokens]) => tokens === row.cap)[0]
  const full = row.groups.filter((group) => group.held >= group.cap).map((group) => group.name)
  return full.length === 0 ? 'none' : `group:${full.sort(byBytes)[0]}`
}

export const tell = ({ rows }, left) => ({
  targets: rows.map((row) => ({
    validator: row.validator,
    tokens: String(row.held),
    cap: String(row.cap),
    binding: binding(row),
  })),
  unplaced: String(left),
})
