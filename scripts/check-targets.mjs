// Compares `defenders targets --json` with the rule taken literally: one unit at a time, nothing
// clever. Of sets too large for that it checks what holds of the rule's result alone.
//
//   node scripts/check-targets.mjs [--program FILE] [--files N] [--medium N] [--large N] [--seed N]
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: join(root, 'target/debug/defenders') },
    files: { type: 'string', default: '2000' },
    medium: { type: 'string', default: '20' },
    large: { type: 'string', default: '24' },
    seed: { type: 'string', default: '7' },
    keep: { type: 'string' },
  },
})

// ---- numbers ----

const ONE = 10n ** 18n
const min = (...all) => all.reduce((a, b) => (b < a ? b : a))

/** A decimal string as an integer of 10^-18. */
const atomics = (text) => {
  const [whole, places = ''] = text.split('.')
  return BigInt(whole) * ONE + BigInt(places.padEnd(18, '0'))
}

/** Byte order, which is not JavaScript's beyond the basic plane. */
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))

// ---- the rule, from its definition ----

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
function prepare(file) {
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
function handOut({ total, rows }) {
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

function binding(row) {
  if (!row.eligible) return 'ineligible'
  if (row.held === row.cap) return row.caps.find(([, tokens]) => tokens === row.cap)[0]
  const full = row.groups.filter((group) => group.held >= group.cap).map((group) => group.name)
  return full.length === 0 ? 'none' : `group:${full.sort(byBytes)[0]}`
}

const tell = ({ rows }, left) => ({
  targets: rows.map((row) => ({
    validator: row.validator,
    tokens: String(row.held),
    cap: String(row.cap),
    binding: binding(row),
  })),
  unplaced: String(left),
})

// ---- random files ----

/** mulberry32: small, seeded, good enough to draw cases. */
function randomOf(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n) => Math.floor(next() * n)
  const chance = (p) => next() < p
  const pick = (all) => all[below(all.length)]
  const shuffle = (all) => {
    const rest = [...all]
    return all.map(() => rest.splice(below(rest.length), 1)[0])
  }
  return { below, chance, pick, shuffle }
}

/** A share with up to 18 places, often one that makes products end near a whole number. */
function share(random, most) {
  if (random.chance(0.04)) return '0'
  const places = random.pick([1, 2, 2, 3, 18])
  if (places === 18 && random.chance(0.5)) {
    return random.pick(['0.333333333333333333', '0.333333333333333334', '0.166666666666666667'])
  }
  const digits = Array.from({ length: places }, () => random.below(10)).join('')
  const text = `${random.below(Math.ceil(most))}.${digits}`
  return Number(text) <= most ? text : `0.${digits}`
}

const NAMES = [
  ...'abcdefghijklmnopqrstuvwxyz',
  'aa', 'ab', 'B', 'Z', 'a-', 'a.b', 'é', '\u{ff5a}', '\u{10400}', 'valoper1q', 'valoper1p', '10', '9',
]

function smallFile(random) {
  const count = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12])
  const most = random.pick([3, 10, 40, 200])
  const total = random.below(random.pick([2, 20, 100, 400]) + 1)
  const names = random.shuffle(NAMES)
  // `null` and absent mean the same
  const unset = (field) => (random.chance(0.5) ? { [field]: null } : {})
  const maybe = (field, chance, draw) =>
    random.chance(chance) ? { [field]: draw() } : unset(field)

  const groups = Array.from({ length: random.pick([0, 0, 1, 2, 3, 5, 8]) }, (_, index) => ({
    group: `${random.pick(['g', 'G', 'h', ''])}${index}`,
    cap: share(random, 1),
  }))
  const dense = random.pick([0.15, 0.4, 0.8])
  // tight caps leave much unplaced; under loose ones the order of the units decides
  const loose = random.chance(0.5)
  const validators = Array.from({ length: count }, (_, index) => {
    const own = random.shuffle(groups).filter(() => random.chance(dense))
    return {
      validator: names[index],
      external: String(random.below(most + 1)),
      ...maybe('self_bond', 0.6, () => String(random.below(12))),
      ...maybe('owner_max', 0.2, () => String(random.below(most + 1))),
      ...maybe('own_max', 0.2, () => String(random.below(most + 1))),
      eligible: random.chance(0.85),
      ...(own.length > 0 || random.chance(0.5) ? { groups: own.map(({ group }) => group) } : {}),
    }
  })
  const bonded = validators.reduce((sum, it) => sum + Number(it.external), total)
  return {
    total: String(total),
    total_bonded: String(random.chance(0.8) ? bonded : random.below(2 * bonded + 1)),
    policy: {
      vault_share_cap: random.chance(loose ? 0.7 : 0.2) ? '1' : share(random, 1.3),
      ...maybe('chain_share_cap', loose ? 0.2 : 0.5, () => share(random, 1)),
      ...maybe('match_cap', loose ? 0.2 : 0.5, () => share(random, 0.9).replace(/^1.*/, '0.9')),
      ...maybe('bond_factor', loose ? 0.1 : 0.3, () => share(random, 20)),
      floor: random.chance(0.3) ? '0' : share(random, 1.2),
    },
    ...(groups.length > 0 || random.chance(0.5) ? { groups } : {}),
    validators,
  }
}

const SETS = ['cosmoshub-2022-10', 'osmosis-2021-07']

/** A shipped set, its stakes changed by `scale`, with 40 groups that overlap. */
function realFile(random, set, scale) {
  const table = readFileSync(join(root, `packages/cli/data/${set}.csv`), 'utf8')
  const rows = table.split('\n').slice(1).filter((line) => line !== '')
  const kinds = [
    ['operator', 20, ['0.03', '0.1', '0.05']],
    ['provider', 12, ['0.25', '0.1']],
    ['country', 8, ['0.5', '0.333333333333333333']],
  ]
  const groups = kinds.flatMap(([kind, count, caps]) =>
    Array.from({ length: count }, (_, index) => ({
      group: `${kind} ${index}`,
      cap: random.pick(caps),
    })),
  )
  const validators = rows.map((line) => {
    const [validator, , , tokens] = line.split(',')
    const external = scale(BigInt(tokens))
    const own = kinds
      .filter(() => random.chance(0.7))
      .map(([kind, count]) => `${kind} ${random.below(count)}`)
    return {
      validator,
      external: String(external),
      self_bond: random.chance(0.9) ? String(external / BigInt(1 + random.below(60))) : null,
      own_max: random.chance(0.1) ? String(external / 3n) : null,
      eligible: random.chance(0.9),
      groups: own,
    }
  })
  const bonded = validators.reduce((sum, it) => sum + BigInt(it.external), 0n)
  return {
    total: String((bonded * BigInt(1 + random.below(random.pick([60, 400])))) / 1000n),
    total_bonded: String(bonded),
    policy: {
      vault_share_cap: random.pick(['0.1', '0.05', '0.0125']),
      chain_share_cap: random.pick(['0.03', '0.1', null]),
      match_cap: random.pick(['0.5', '0.8', '0.333333333333333333', null, null]),
      bond_factor: random.pick(['20', null, null, null]),
      floor: random.pick(['0', '0.05', '0.25', '1']),
    },
    groups,
    validators: random.shuffle(validators),
  }
}

// ---- what holds of the rule's result and of no other ----

/** Throws with the first thing that does not hold. Returns how many checks it made. */
function checkResult(file, result) {
  let checks = 0
  const ensure = (holds, text) => {
    checks += 1
    if (!holds) throw new Error(text())
  }
  const world = prepare(file)
  const { total, rows } = world
  ensure(result.targets.length === rows.length, () => 'not every validator has a target')
  rows.forEach((row, index) => {
    const said = result.targets[index]
    ensure(said.validator === row.validator, () => `${said.validator} where ${row.validator} stands`)
    row.held = BigInt(said.tokens)
    for (const group of row.groups) group.held += row.held
    ensure(BigInt(said.cap) === row.cap, () => `${row.validator}: cap ${said.cap}, not ${row.cap}`)
    ensure(row.held <= row.cap, () => `${row.validator} above its cap`)
  })
  for (const row of rows) {
    for (const group of row.groups) {
      ensure(group.held <= group.cap, () => `${group.name}: ${group.held} above ${group.cap}`)
    }
  }
  const left = BigInt(result.unplaced)
  const placed = rows.reduce((sum, row) => sum + row.held, 0n)
  ensure(placed + left === total, () => `${placed} and ${left} unplaced are not ${total}`)
  rows.forEach((row, index) => {
    const said = result.targets[index].binding
    ensure(said === binding(row), () => `${row.validator}: bound by ${said}, not ${binding(row)}`)
  })

  // Units in the order in which the rule asks for them: (stage, key, address).
  const before = (a, b) => {
    const index = a.findIndex((part, at) => part !== b[at])
    return index >= 0 && a[index] < b[index]
  }
  const unit = (row, held) =>
    held < row.floor ? [1n, held, rows.indexOf(row)] : [2n, row.external + held, rows.indexOf(row)]
  // The last unit that a pool gave; everything placed is a pool too.
  const pools = new Map()
  const all = { name: 'the tokens', cap: total, held: placed }
  for (const row of rows) {
    if (row.held === 0n) continue
    const last = unit(row, row.held - 1n)
    for (const pool of [all, ...row.groups]) {
      if (!pools.has(pool) || before(pools.get(pool), last)) pools.set(pool, last)
    }
  }
  // Who stands below its cap was refused its next unit, so one of its pools had given its last unit
  // before. Taken for all validators, this is true of the rule's result and of no other: going
  // through the units in order, the rule has to accept what is here and refuse what is not.
  for (const row of rows.filter((it) => it.held < it.cap)) {
    const next = unit(row, row.held)
    const refused = [all, ...row.groups].some(
      (pool) => pool.held === pool.cap && (!pools.has(pool) || before(pools.get(pool), next)),
    )
    ensure(refused, () => `${row.validator} was due a unit more at ${row.held}`)
  }
  return checks
}

/** With a unit elsewhere it is another result, which must not pass. */
function ensureUnitsCannotMove(random, file, result) {
  for (let tries = 0; tries < 5; tries += 1) {
    const moved = structuredClone(result)
    const [from, to] = random.shuffle(moved.targets)
    if (from.tokens === '0') continue
    from.tokens = String(BigInt(from.tokens) - 1n)
    to.tokens = String(BigInt(to.tokens) + 1n)
    let passes = true
    try {
      checkResult(file, moved)
    } catch {
      passes = false
    }
    if (passes) throw new Error(`a unit of ${from.validator} may as well be on ${to.validator}`)
  }
}

// ---- running ----

const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'targets-'))
const run = promisify(execFile)

async function targets(file, name) {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify(file))
  const { stdout } = await run(options.program, ['targets', '--input', path, '--json'], {
    maxBuffer: 1 << 26,
  })
  return JSON.parse(stdout)
}

/** Runs `check` on 0 … count - 1, a few at a time. */
async function each(count, check) {
  let next = 0
  const worker = async () => {
    while (next < count) {
      const index = next
      next += 1
      await check(index)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}

const failures = []
const seen = new Map()

const small = (index) =>
  compare(`small-${index}`, smallFile(randomOf(Number(options.seed) * 1_000_003 + index)))

/** Real sets with few enough units to hand them out one by one. */
const medium = (index) => {
  const random = randomOf(Number(options.seed) * 3_000_017 + index)
  const unit = [random.pick([10n ** 10n, 5n * 10n ** 10n]), 10n ** 9n][index % 2]
  return compare(`medium-${index}`, realFile(random, SETS[index % 2], (tokens) => tokens / unit))
}

/** The program and the rule say the same of a file. */
async function compare(name, file) {
  try {
    const said = await targets(file, name)
    const world = prepare(file)
    const meant = tell(world, handOut(world))
    for (const row of meant.targets) {
      const kind = row.binding.replace(/:.*/, '')
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
    }
    if (meant.unplaced !== '0') seen.set('unplaced', (seen.get('unplaced') ?? 0) + 1)
    if (JSON.stringify(said) !== JSON.stringify(meant)) {
      throw new Error(`program ${JSON.stringify(said)}\nrule    ${JSON.stringify(meant)}`)
    }
    // so that what is checked of large files is known to be right
    checkResult(file, meant)
  } catch (error) {
    failures.push(`${name}: ${JSON.stringify(file)}\n${error.stderr ?? ''}${error.message}`)
  }
}

let largeChecks = 0

async function large(index) {
  const set = SETS[index % 2]
  const random = randomOf(Number(options.seed) * 7_000_003 + index)
  // up to 10^27 and beyond
  const factor = BigInt(random.pick([1, 1_000_003, 1_000_000_000_000, 10_000_000_000_000_000]))
  const file = realFile(random, set, (tokens) => tokens * factor)
  try {
    const said = await targets(file, `large-${index}`)
    largeChecks += checkResult(file, said)
    ensureUnitsCannotMove(random, file, said)
  } catch (error) {
    failures.push(`large ${index} (${set}): ${error.stderr ?? ''}${error.message}`)
  }
}

try {
  await each(Number(options.files), small)
  await each(Number(options.medium), medium)
  await each(Number(options.large), large)
} finally {
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

for (const failure of failures.slice(0, 5)) console.error(failure)
const kinds = [...seen].sort().map(([kind, count]) => `${kind} ${count}`)
console.log(`bindings met: ${kinds.join(', ')}`)
console.log(`${largeChecks} checks on ${options.large} large files`)
// Cases that never meet a rule would prove nothing about it.
const rules = [
  'none', 'ineligible', 'vault_share', 'chain_share', 'match', 'owner_max', 'own_max', 'bond', 'group', 'unplaced',
]
const unmet = Number(options.files) >= 500 ? rules.filter((kind) => !seen.has(kind)) : []
if (unmet.length > 0) failures.push(`never met: ${unmet.join(', ')}`)
// The files are the cases of one test.
const result = failures.length === 0 ? 'ok. 1 passed; 0 failed' : `FAILED. 0 passed; ${failures.length} failed`
console.log(`test result: ${result}; ${options.files} small and ${options.medium} medium files, unit by unit`)
process.exitCode = failures.length === 0 ? 0 : 1
