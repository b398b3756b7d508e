// Empties the functions of a contract that do nothing but print backtraces, and what only they use:
//   node scripts/empty-backtraces.mjs BINARYEN IN.wasm OUT.wasm
// BINARYEN is the folder of the npm package. IN must have its names; OUT has none.
//
// Each StdError carries a backtrace behind `dyn Display + Debug`, so the linker keeps the standard
// library's printer of backtraces, with a demangler of Rust's names, though in wasm a backtrace is
// never taken and prints as `<disabled>`. Errors do not show it; only their debug form does, where
// nothing stands in its place now.
//
// An emptied function returns 0, which is what Ok(()) is in fmt::Result, and writes nothing: whoever
// calls it after all gets an empty text and no trap.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * What returns a fmt::Result and writes backtraces or demangled names: the methods of core::fmt's
 * traits, for types of std::backtrace and of the demangler, and the demangler's print_path, which
 * ends up inlined into a method whose name does not tell.
 */
const PRINTS = new RegExp(
  '^_ZN\\d+_\\$LT\\$(std\\.\\.backtrace(_rs)?|rustc_demangle)\\.\\..*\\$u20\\$as\\$u20\\$core\\.\\.fmt\\.\\.' +
    '|^_ZN14rustc_demangle2v07Printer10print_path17h',
)
/** The two that a StdError's vtable names. */
const ENTRANCES = ['Display', 'Debug'].map((as) => `$LT$std..backtrace..Backtrace$u20$as$u20$core..fmt..${as}$GT$3fmt17h`)
/** Must be gone afterwards. */
const DEMANGLER = /^_ZN\d+(_\$LT\$)?rustc_demangle/

const [folder, input, output] = process.argv.slice(2)
const { default: binaryen } = await import(pathToFileURL(resolve(folder, 'index.js')))

const fail = (text) => {
  console.error(`${input}: ${text}`)
  process.exit(1)
}

const module = binaryen.readBinary(readFileSync(input))
const functions = () =>
  Array.from({ length: module.getNumFunctions() }, (_, index) => {
    const ref = module.getFunctionByIndex(index)
    return { ref, ...binaryen.getFunctionInfo(ref) }
  })
/** Removes what nothing calls, and tells what is left: the optimiser would do it anyway. */
const sweep = () => {
  module.runPasses(['remove-unused-module-elements'])
  return { names: functions().map(({ name }) => name), bytes: module.emitBinary().length }
}

const before = sweep()
for (const entrance of ENTRANCES) {
  if (!before.names.some((name) => name.includes(entrance))) {
    fail(`no function …${entrance}…: names were stripped, or errors carry no backtrace any more`)
  }
}
const printers = functions().filter(({ name }) => PRINTS.test(name))
for (const { ref, name, results } of printers) {
  if (results !== binaryen.i32) fail(`${name} does not return a fmt::Result`)
  binaryen.Function.setBody(ref, module.i32.const(0))
}
const after = sweep()
const left = after.names.filter((name) => DEMANGLER.test(name))
const reachable = left.filter((name) => !printers.some((printer) => printer.name === name))
if (reachable.length > 0) fail(`still called from elsewhere: ${reachable.join(', ')}`)
if (!module.validate()) fail('not valid any more')
writeFileSync(output, module.emitBinary())
const gone = before.names.length - after.names.length
console.log(
  `${basename(input)}: ${printers.length} functions that print backtraces emptied, ${gone} that only ` +
    `they called removed, ${before.bytes - after.bytes} bytes in all`,
)
