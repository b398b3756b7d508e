// Arrows between files go down only: fails where files of a package need each other in a loop, and names the loop
// with what ties it.
//   node scripts/check-circles.mjs
//   node scripts/check-circles.mjs --self-test
// An arrow goes from a file to the one that defines what it names, whichever file hands that on. It is found by text,
// not by a compiler: Rust's `use` and paths that begin with crate, self, super, a module beside or one that was brought
// in; imports of the page. Methods are not seen, nor is what stands in tests.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** Circles in what runs on chain. To open them changes the order of a contract's functions, and so its checksum: they wait
 * for code that differs anyway. */
const WAITING = [
  'contracts/vault/src: chain/power/grpc.rs, chain/power/mod.rs, chain/power/stargate.rs',
  'contracts/vault/src: validators/eligibility.rs, validators/mod.rs',
  'contracts/vault/src: jobs/invest.rs, jobs/mod.rs, jobs/turns.rs',
  'contracts/vault/src: execute/owner/listing.rs, execute/owner/listing_wait.rs',
  'packages/types/src: governance.rs, vault.rs',
]

/** Rust as far as paths go: without comments, texts and the tests at a file's end. */
function strip(text) {
  return text
    .replace(/\/\/[^\n]*/g, '')
    .replace(/"(?:\\.|[^"\\])*"/gs, '""')
    .replace(/#\[cfg\(test\)\]\s*mod \w+ \{.*$/s, '')
}

/** `a::{b, c::{d, e as f}}` as a::b, a::c::d, a::c::e */
function expand(tree) {
  const open = tree.indexOf('{')
  if (open < 0) return [tree.replace(/\s+as\s+\w+/, '').replace(/\s/g, '')]
  const inner = tree.slice(open + 1, tree.lastIndexOf('}'))
  const parts = ['']
  let depth = 0
  for (const letter of inner) {
    depth += letter === '{' ? 1 : letter === '}' ? -1 : 0
    if (letter === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  const before = tree.slice(0, open).replace(/\s/g, '')
  return parts.filter((part) => part.trim()).flatMap((part) => expand(before + part.trim()))
}

/** The arrows of a crate: file -> file -> names. `files`: path within src -> text. */
function arrowsOfRust(files) {
  const modules = new Map()
  for (const [path, text] of files) {
    const name = path.replace(/\.rs$/, '').split('/')
    if (['mod', 'lib', 'main'].includes(name.at(-1))) name.pop()
    if (!name.some((part) => part === 'tests' || part.endsWith('_tests') || part === 'golden')) {
      modules.set(name.join('::'), { path, text: strip(text), name, handsOn: new Map(), names: [] })
    }
  }
  const child = (name, part) => [...name, part].join('::')
  /** From the crate's root; nothing where it leads out of the crate. */
  const absolute = (module, path) => {
    const parts = path.split('::')
    if (parts[0] === 'crate') return parts.slice(1)
    const at = [...module.name]
    let skipped = 0
    for (; parts[skipped] === 'super' || parts[skipped] === 'self'; skipped++) if (parts[skipped] === 'super') at.pop()
    if (skipped > 0) return [...at, ...parts.slice(skipped)]
    return modules.has(child(module.name, parts[0])) ? [...module.name, ...parts] : null
  }
  for (const module of modules.values()) {
    const broughtIn = new Map()
    for (const [, isPublic, tree] of module.text.matchAll(/\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g)) {
      for (const path of expand(tree)) {
        const name = absolute(module, path)?.filter((part) => part !== 'self')
        if (!name?.length) continue
        if (isPublic) module.handsOn.set(name.at(-1), name)
        else module.names.push(name)
        broughtIn.set(name.at(-1), name)
      }
    }
    const body = module.text.replace(/\buse\s+[^;]+;/g, '')
    for (const [, first, rest] of body.matchAll(/(?<![:\w])(\w+)((?:::\w+)+)/g)) {
      const from = broughtIn.get(first)
      const name = from && modules.has(from.join('::')) ? [...from, ...rest.slice(2).split('::')] : absolute(module, first + rest)
      if (name) module.names.push(name)
    }
  }
  /** The file that defines it. */
  const find = (name, depth = 0) => {
    for (let length = name.length; length >= 0 && depth < 9; length--) {
      const module = modules.get(name.slice(0, length).join('::'))
      if (module === undefined) continue
      const next = name[length]
      if (next === undefined) return null
      const from = module.handsOn.get(next)
      if (from && from.join('::') !== name.join('::')) return find([...from, ...name.slice(length + 1)], depth + 1)
      return module
    }
    return null
  }
  const arrows = new Map()
  for (const module of modules.values()) {
    const out = new Map()
    for (const name of module.names) {
      const found = find(name)
      if (found && found !== module) out.set(found.path, (out.get(found.path) ?? new Set()).add(name.at(-1)))
    }
    arrows.set(module.path, out)
  }
  return arrows
}

/** The arrows of the page. `files`: path -> text. */
function arrowsOfPage(files) {
  const arrows = new Map()
  for (const [path, text] of files) {
    const out = new Map()
    for (const [, from] of text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)) {
      const base = normalize(join(dirname(path), from))
      const found = [base, `${base}.ts`, `${base}.tsx`].find((name) => files.has(name))
      if (found) out.set(found, new Set([from]))
    }
    arrows.set(path, out)
  }
  return arrows
}

/** Sets of files that reach each other (Tarjan). */
function findCircles(arrows) {
  const [index, low, stack, circles] = [new Map(), new Map(), [], []]
  const visit = (at) => {
    index.set(at, index.size)
    low.set(at, index.get(at))
    stack.push(at)
    for (const to of arrows.get(at)?.keys() ?? []) {
      if (!index.has(to)) visit(to)
      if (stack.includes(to)) low.set(at, Math.min(low.get(at), low.get(to)))
    }
    if (low.get(at) !== index.get(at)) return
    const circle = stack.splice(stack.indexOf(at))
    if (circle.length > 1) circles.push(circle.sort())
  }
  for (const at of arrows.keys()) if (!index.has(at)) visit(at)
  return circles
}

function selfTest() {
  const circles = (texts) => findCircles(arrowsOfRust(new Map(Object.entries(texts)))).map((it) => it.join(' '))
  const expect = (texts, wanted) => {
    const found = circles(texts)
    if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(texts)}: ${found}, not ${wanted}`)
  }
  const both = 'a.rs b.rs'
  expect({ 'lib.rs': 'mod a; mod b;', 'a.rs': 'use crate::b::B;', 'b.rs': 'use super::a::A;' }, [both])
  expect({ 'lib.rs': 'mod a; mod b;', 'a.rs': 'use crate::b;\nfn f() { b::g() }', 'b.rs': 'fn g() { crate::a::f() }' }, [both])
  expect({ 'lib.rs': 'mod a;', 'a/mod.rs': 'mod b; pub use b::B;', 'a/b.rs': 'use super::{A, C};' }, [])
  expect({ 'lib.rs': 'mod a;', 'a/mod.rs': 'mod b; fn f() { b::g() }', 'a/b.rs': 'use super::A;' }, ['a/b.rs a/mod.rs'])
  expect({ 'lib.rs': 'mod a; mod b;', 'a.rs': '// use crate::b::B;', 'b.rs': 'use crate::a::A;\n#[cfg(test)]\nmod tests { }' }, [])
  const page = new Map([['a.ts', "import { b } from './b';"], ['b.ts', "const a = import('./a');"]])
  if (findCircles(arrowsOfPage(page)).length !== 1) throw new Error('the circle of the page was not found')
}

function checkAll() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  const files = listed.split('\n').filter((path) => path && existsSync(path))
  const parts = new Map()
  for (const path of files) {
    const [, root, inside] = path.match(/^((?:packages|contracts|tests)\/[^/]+\/src)\/(.+\.(?:rs|tsx?))$/) ?? []
    if (root) parts.set(root, (parts.get(root) ?? new Map()).set(inside, readFileSync(path, 'utf8')))
  }
  const waiting = new Set(WAITING)
  let count = 0
  for (const [root, texts] of parts) {
    const isRust = [...texts.keys()].some((path) => path.endsWith('.rs'))
    const arrows = (isRust ? arrowsOfRust : arrowsOfPage)(texts)
    for (const circle of findCircles(arrows)) {
      if (waiting.delete(`${root}: ${circle.join(', ')}`)) continue
      count++
      console.log(`${root}: ${circle.join(', ')} need each other`)
      for (const at of circle) {
        for (const [to, names] of arrows.get(at)) {
          if (circle.includes(to)) console.log(`  ${at} -> ${to}: ${[...names].sort().join(', ')}`)
        }
      }
    }
  }
  for (const circle of waiting) console.log(`${circle} do not need each other any more: take them out of WAITING`)
  console.log(`${parts.size} packages, ${count} circles, ${WAITING.length - waiting.size} that wait`)
  process.exitCode = count + waiting.size === 0 ? 0 : 1
}

selfTest()
if (process.argv[2] !== '--self-test') checkAll()
