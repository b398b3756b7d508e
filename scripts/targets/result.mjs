// What holds of the rule's result and of no other.
import { binding, prepare } from './rule.mjs'

/** Throws with the first thing that does not hold. Returns how many checks it made. */
export function checkResult(file, result) {
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
export function ensureUnitsCannotMove(random, file, result) {
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
