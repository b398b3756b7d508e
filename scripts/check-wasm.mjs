// Counts what a VM limits in a contract's wasm, prints it beside the limits, and fails where one is
// exceeded:
//   node scripts/check-wasm.mjs FILE.wasm…
//   node scripts/check-wasm.mjs --self-test
// The VM is cosmwasm-vm 2.2.9: its limits are the constants of src/config.rs (struct WasmLimits), it
// counts in src/parsed_wasm.rs and refuses in src/compatibility.rs (check_wasm_tables to
// check_wasm_functions). Here as there, locals are those declared in bodies, without parameters; the
// most parameters and results are those of any type; imported functions are not counted.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Most bytes of each contract, the only place where they stand. A chain takes 819,200 by default. */
const BUDGETS = {
  'vault.wasm': 780_000,
  'reward_pot.wasm': 175_000,
  'cw3_flex_multisig.wasm': 345_000,
  'cw4_group.wasm': 220_000,
  'plan_bench.wasm': 215_000,
  'share_sink.wasm': 158_000,
  'factory.wasm': 160_000,
  'next_vault.wasm': 800_000,
}

/** What is counted, and the most the VM takes. */
const LIMITS = [
  ['functions', 20_000],
  ['imports', 100],
  ['tables', 1],
  ['table entries', 2_500],
  ['memory pages at the start', 512],
  ['locals in total', 10_000],
  ['most locals in one function', 100],
  ['parameters in total', 10_000],
  ['most parameters of one type', 100],
  ['most results of one type', 1],
]

/** Custom sections a contract may carry: all others are names and notes for people, and bytes. */
const CUSTOM_SECTIONS = ['cw_migrate_version']

/** Reads a wasm binary's numbers and names from front to back. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes
    this.at = 0
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Error('the file ends too early')
    return this.bytes[this.at++]
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (!Number.isSafeInteger(value)) throw new Error('a number is too large')
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  /** So many bytes, as a reader of their own. */
  part(length) {
    if (this.at + length > this.bytes.length) throw new Error('the file ends too early')
    this.at += length
    return new Reader(this.bytes.subarray(this.at - length, this.at))
  }

  name() {
    return Buffer.from(this.part(this.number()).bytes).toString('utf8')
  }

  /** As many results of `read` as the number before them says. */
  list(read) {
    return Array.from({ length: this.number() }, read)
  }

  /** Smallest and largest size of a table or memory; the largest may be missing. */
  sizes() {
    const flags = this.byte()
    if (flags > 1) throw new Error(`sizes of kind ${flags} are not supported`)
    const least = this.number()
    return { least, most: flags === 1 ? this.number() : undefined }
  }
}

const SECTION = { custom: 0, type: 1, import: 2, function: 3, table: 4, memory: 5, code: 10 }

/** Counts of everything in LIMITS, and what else is wrong, as texts. */
function count(bytes) {
  const file = new Reader(bytes)
  if (file.part(8).bytes.join() !== '0,97,115,109,1,0,0,0') throw new Error('not a wasm module')
  const faults = []
  let [types, functions, locals, tables, memories, imports] = [[], [], [], [], [], 0]
  while (file.at < bytes.length) {
    const id = file.byte()
    const section = file.part(file.number())
    if (id === SECTION.custom) {
      const name = section.name()
      if (!CUSTOM_SECTIONS.includes(name)) faults.push(`custom section ${name}`)
      continue
    }
    if (id === SECTION.type) {
      types = section.list(() => {
        if (section.byte() !== 0x60) throw new Error('a type is not that of a function')
        const valueTypes = () => section.list(() => section.byte()).length
        return { parameters: valueTypes(), results: valueTypes() }
      })
    } else if (id === SECTION.import) {
      imports = section.list(() => {
        const name = `${section.name()}.${section.name()}`
        if (section.byte() !== 0) throw new Error(`import ${name} is no function`)
        return section.number()
      }).length
    } else if (id === SECTION.function) {
      functions = section.list(() => types[section.number()].parameters)
    } else if (id === SECTION.table) {
      tables = section.list(() => {
        section.byte()
        return section.sizes()
      })
    } else if (id === SECTION.memory) {
      memories = section.list(() => section.sizes())
    } else if (id === SECTION.code) {
      locals = section.list(() => {
        const body = section.part(section.number())
        const groups = body.list(() => {
          const length = body.number()
          body.byte()
          return length
        })
        return sum(groups)
      })
    } else {
      continue
    }
    if (section.at !== section.bytes.length) throw new Error(`section ${id} is longer than what it lists`)
  }
  if (functions.length !== locals.length) throw new Error('not every function has a body')
  if (tables.some(({ most }) => most === undefined)) faults.push('a table without a largest size')
  if (memories.length !== 1) faults.push(`${memories.length} memories instead of one`)
  if (memories.some(({ most }) => most !== undefined)) faults.push('a memory with a largest size')
  return {
    faults,
    counts: {
      functions: functions.length,
      imports,
      tables: tables.length,
      'table entries': largest(tables.map(({ least, most }) => most ?? least)),
      'memory pages at the start': largest(memories.map(({ least }) => least)),
      'locals in total': sum(locals),
      'most locals in one function': largest(locals),
      'parameters in total': sum(functions),
      'most parameters of one type': largest(types.map(({ parameters }) => parameters)),
      'most results of one type': largest(types.map(({ results }) => results)),
    },
  }
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0)
const largest = (numbers) => numbers.reduce((a, b) => Math.max(a, b), 0)
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ' ')

/** Rows of the table, [what, how many, limit], and faults as texts. */
function judge(bytes, budget) {
  const { counts, faults } = count(bytes)
  const rows = [
    ['bytes', bytes.length, budget],
    ['bytes after gzip', gzipSync(bytes, { level: 9 }).length, undefined],
    ...LIMITS.map(([what, limit]) => [what, counts[what], limit]),
  ]
  for (const [what, found, limit] of rows) {
    if (found > limit) faults.push(`${what}: ${grouped(found)}, at most ${grouped(limit)}`)
  }
  return { rows, faults }
}

function check(files) {
  const judged = files.map((path) => {
    const name = basename(path)
    const budget = BUDGETS[name]
    if (budget === undefined) throw new Error(`${name} has no budget`)
    return { name, ...judge(readFileSync(path), budget) }
  })
  const cell = (found, limit) => (limit === undefined ? grouped(found) : `${grouped(found)} of ${grouped(limit)}`)
  const lines = [
    ['', ...judged.map(({ name }) => name)],
    ...judged[0].rows.map(([what], row) => [
      what,
      ...judged.map(({ rows }) => cell(rows[row][1], rows[row][2])),
    ]),
  ]
  const widths = lines[0].map((_, column) => largest(lines.map((line) => line[column].length)))
  for (const line of lines) {
    const [what, ...cells] = line.map((text, column) =>
      column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]),
    )
    console.log([what, ...cells].join('  '))
  }
  const faults = judged.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
}

// ---- self-test: for each limit, a module that just keeps it and one that just does not ----

const leb = (number) => (number < 128 ? [number] : [(number % 128) | 128, ...leb(Math.floor(number / 128))])
const list = (items) => [...leb(items.length), ...items.flat()]
const section = (id, content) => [id, ...leb(content.length), ...content]
const text = (string) => list([...Buffer.from(string)])
const I32 = 0x7f

/** A module with the given parts; the others are those of a small contract. */
function module({
  types = [[1, 1]],
  imports = 1,
  bodies = [[0, 1]],
  tables = [[1, 5, 5]],
  memories = [[0, 17]],
  custom = [],
}) {
  const valueTypes = (length) => list(Array(length).fill([I32]))
  return Uint8Array.from([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(SECTION.type, list(types.map(([from, to]) => [0x60, ...valueTypes(from), ...valueTypes(to)]))),
    ...section(SECTION.import, list(Array(imports).fill([...text('env'), ...text('db_read'), 0, 0]))),
    ...section(SECTION.function, list(bodies.map(([type]) => leb(type)))),
    ...section(SECTION.table, list(tables.map(([flags, ...sizes]) => [0x70, flags, ...sizes.flatMap(leb)]))),
    ...section(SECTION.memory, list(memories.map(([flags, ...sizes]) => [flags, ...sizes.flatMap(leb)]))),
    // locals in two groups, as compilers write them; a body that is only its end
    ...section(SECTION.code, list(bodies.map(([, locals]) => {
      const groups = [[...leb(Math.floor(locals / 2)), I32], [...leb(Math.ceil(locals / 2)), 0x7e]]
      const body = [...list(groups), 0x0b]
      return [...leb(body.length), ...body]
    }))),
    ...custom.flatMap((name) => section(SECTION.custom, [...text(name), 1, 2, 3])),
  ])
}

function selfTest() {
  const cases = [
    ['functions', (more) => ({ types: [[0, 0]], bodies: Array(20_000 + more).fill([0, 0]) })],
    ['imports', (more) => ({ imports: 100 + more })],
    ['tables', (more) => ({ tables: Array(1 + more).fill([1, 5, 5]) })],
    ['table entries', (more) => ({ tables: [[1, 5, 2_500 + more]] })],
    ['a table without a largest size', (more) => ({ tables: [more ? [0, 5] : [1, 5, 5]] })],
    ['memory pages at the start', (more) => ({ memories: [[0, 512 + more]] })],
    ['2 memories instead of one', (more) => ({ memories: Array(1 + more).fill([0, 17]) })],
    ['a memory with a largest size', (more) => ({ memories: [more ? [1, 17, 18] : [0, 17]] })],
    ['locals in total', (more) => ({ bodies: [...Array(100).fill([0, 100]), [0, more]] })],
    ['most locals in one function', (more) => ({ bodies: [[0, 100 + more]] })],
    ['parameters in total', (more) => ({ types: [[100, 0], [more, 0]], bodies: [...Array(100).fill([0, 0]), [1, 0]] })],
    ['most parameters of one type', (more) => ({ types: [[1, 1], [100 + more, 0]] })],
    ['most results of one type', (more) => ({ types: [[1, 1], [0, 1 + more]] })],
    ['custom section', (more) => ({ custom: [more ? 'name' : 'cw_migrate_version'] })],
    ['bytes', (more) => ({ custom: ['cw_migrate_version'] }), (more, bytes) => bytes.length - more],
  ]
  const named = new Set(cases.map(([what]) => what))
  const failures = LIMITS.filter(([what]) => !named.has(what)).map(([what]) => `${what}: no case`)
  for (const [what, parts, budget = () => Infinity] of cases) {
    const faults = (more) => {
      const bytes = module(parts(more))
      return judge(bytes, budget(more, bytes)).faults
    }
    const [kept, broken] = [faults(0), faults(1)]
    if (kept.length > 0) failures.push(`${what}: at its limit, but ${kept}`)
    if (broken.length !== 1 || !broken[0].startsWith(what)) failures.push(`${what}: above its limit, but ${broken}`)
  }
  for (const cut of [4, 9, 12]) {
    let refused = false
    try {
      count(module({}).subarray(0, cut))
    } catch {
      refused = true
    }
    if (!refused) failures.push(`a file cut after ${cut} bytes is taken`)
  }
  for (const failure of failures) console.error(failure)
  const verdict = failures.length === 0 ? `ok. ${cases.length} passed; 0` : `FAILED. 0 passed; ${failures.length}`
  console.log(`test result: ${verdict} failed; limits of the VM`)
  if (failures.length > 0) process.exitCode = 1
}

const given = process.argv.slice(2)
if (given.length === 0) {
  console.error('usage: node scripts/check-wasm.mjs FILE.wasm… | --self-test')
  process.exitCode = 2
} else if (given[0] === '--self-test') {
  selfTest()
} else {
  check(given)
}
