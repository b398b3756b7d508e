// Compares `defenders targets --json` with the rule taken literally: one unit at a time, nothing
// clever. Of sets too large for that it checks what holds of the rule's result alone.
//
//   node scripts/check-targets.mjs [--program FILE] [--files N] [--medium N] [--large N] [--seed N]
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { realFile, randomOf, SETS, smallFile } from './targets/files.mjs'
import { checkResult, ensureUnitsCannotMove } from './targets/result.mjs'
import { handOut, prepare, tell } from './targets/rule.mjs'

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
