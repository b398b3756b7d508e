// Recomputes from a simulation's JSON what it claims, in whole units.
import { readFileSync } from 'node:fs'

const run = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const fail = (text) => {
  console.error(text)
  process.exitCode = 1
}
const tokens = (field) => BigInt(field)

// a ratio as an integer of 6 decimals
const micro = (text) => {
  const [whole, part = ''] = text.split('.')
  return BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0').slice(0, 6))
}

const bonded = run.validators
  .filter((v) => v.status === 'bonded')
  .map((v) => tokens(v.external) + tokens(v.delegated))
const sum = bonded.reduce((a, b) => a + b, 0n)
const squares = bonded.reduce((a, b) => a + b * b, 0n)
const effective = (sum * sum * 1_000_000n) / squares
if (effective !== micro(run.after.effective)) {
  fail(`effective number is ${effective} millionths by the validators, ${run.after.effective} printed`)
}
const ratio = (effective * 1_000_000n) / micro(run.best.effective)
if (ratio !== micro(run.best_ratio)) {
  fail(`${ratio} millionths of the best by the numbers, ${run.best_ratio} printed`)
}
// others begin unevenly, or end so by what comes from outside
const isJoin = run.scenario === 'join'
if (isJoin && effective * 1000n < micro(run.best.effective) * 995n) {
  fail(`effective number ${run.after.effective} is below 99.5 % of the best, ${run.best.effective}`)
}
if (isJoin && run.after.nakamoto_third < run.before.nakamoto_third) {
  fail(`Nakamoto at 1/3 fell from ${run.before.nakamoto_third} to ${run.after.nakamoto_third}`)
}
if (run.invariants.checked === 0 || run.invariants.violated !== 0) {
  fail(`${run.invariants.violated} of ${run.invariants.checked} invariants violated`)
}

// epochs are days 1 to 5, 6 to 10, …; the design's budgets where the vault tells none
const budgets = [run.policy.turnover_quality ?? '0.075', run.policy.turnover_emergency ?? '0.1']
const epochs = new Map()
for (const { day, tokens: moved, reason } of run.moves) {
  const epoch = Math.floor((day - 1) / 5)
  if (!epochs.has(epoch)) epochs.set(epoch, [0n, 0n])
  const budget = reason === 'quality' || reason === 'own_maximum' ? 0 : 1
  epochs.get(epoch)[budget] += tokens(moved)
}
if (epochs.size !== run.epochs.length) {
  fail(`moves in ${epochs.size} epochs, ${run.epochs.length} printed`)
}
for (const row of run.epochs) {
  const sums = epochs.get(Math.floor((row.day - 1) / 5)) ?? [0n, 0n]
  for (const [index, kind] of ['quality', 'emergency'].entries()) {
    if (sums[index] !== tokens(row[kind])) {
      fail(`${kind} of the epoch of day ${row.day}: ${sums[index]} by the moves, ${row[kind]} printed`)
    }
    const most = (tokens(row.worth) * micro(budgets[index])) / 1_000_000n
    if (sums[index] > most) {
      fail(`${kind} of the epoch of day ${row.day}: ${sums[index]}, of at most ${most}`)
    }
  }
}

const { flows, vault, messages } = run
const came = tokens(flows.deposited) + tokens(flows.rewards) - tokens(flows.fees)
const left = came - tokens(flows.slashed) - tokens(flows.withdrawn)
const here = ['total_assets', 'marked_down', 'locked_profit', 'unbonding', 'claimable', 'held']
  .map((name) => tokens(vault[name]))
  .reduce((a, b) => a + b, 0n)
const operations = BigInt(Object.values(messages).reduce((a, b) => a + b, 0))
const off = left > here ? left - here : here - left
if (off > operations) {
  fail(`flows leave ${left}, the vault has ${here}: off by ${off} in ${operations} operations`)
}
console.log(`${run.set}: effective ${run.after.effective} of ${run.best.effective}, flows off by ${off}`)
