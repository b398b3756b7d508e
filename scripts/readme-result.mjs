// The result in README.md: a table between two comments, made of a simulation's JSON, and the picture
// of the same run beside it.
//   node scripts/readme-result.mjs (--write | --check) REPORT.json PICTURE.svg
// --check changes nothing, and fails when table or picture are not those of the report.
import { readFileSync, writeFileSync } from 'node:fs'

const README = 'README.md'
const PICTURE = 'docs/where-the-stake-went.svg'
const BEGIN = '<!-- result: scripts/make-readme-result.sh writes what follows -->\n'
const END = '<!-- result ends -->\n'

const [mode, reportFile, pictureFile] = process.argv.slice(2)
const report = JSON.parse(readFileSync(reportFile, 'utf8'))

// part / whole in percent, one decimal, rounded down: whole numbers only
const percentOf = (part, whole) => {
  const thousandths = (part * 1000n) / whole
  return `${thousandths / 10n}.${thousandths % 10n} %`
}
const atomics = (text) => {
  const [whole, decimals = ''] = text.split('.')
  return BigInt(whole + decimals.padEnd(18, '0'))
}
const percent = (ratio) => percentOf(atomics(ratio), 10n ** 18n)
// two decimals, rounded down
const two = (text) => {
  const [whole, decimals = ''] = text.split('.')
  return `${whole}.${decimals.padEnd(2, '0').slice(0, 2)}`
}

const states = [report.before, report.after, report.best]
const metric = (name, show) => `| ${name} | ${states.map(show).join(' | ')} | |`
const sum = (field) => report.by_rank.map((row) => BigInt(row[field])).reduce((a, b) => a + b, 0n)
const [before, after] = [sum('before'), sum('after')]
const rank = (row) =>
  `| stake of ranks ${row.first} to ${row.last} | ${percentOf(BigInt(row.before), before)} ` +
  `| ${percentOf(BigInt(row.after), after)} | | ${percent(row.vault_share)} |`

const table = [
  '| | before | after | best possible | of the vault\'s stake |',
  '| --- | --- | --- | --- | --- |',
  metric('Nakamoto coefficient at 1/3', (it) => it.nakamoto_third),
  metric('Nakamoto coefficient at 2/3', (it) => it.nakamoto_two_thirds),
  metric('effective number of validators', (it) => two(it.effective)),
  metric('stake with the ten largest', (it) => percent(it.top10_share)),
  ...report.by_rank.map(rank),
  '',
].join('\n')

const readme = readFileSync(README, 'utf8')
const [head, rest] = readme.split(BEGIN)
const [shown, tail] = rest.split(END)
const picture = readFileSync(pictureFile, 'utf8')
if (mode === '--write') {
  writeFileSync(README, head + BEGIN + table + END + tail)
  writeFileSync(PICTURE, picture)
} else if (mode === '--check') {
  for (const [file, is, should] of [
    [README, shown, table],
    [PICTURE, readFileSync(PICTURE, 'utf8'), picture],
  ]) {
    if (is !== should) {
      console.error(`${file} does not show what simulate gives now: run scripts/make-readme-result.sh`)
      process.exitCode = 1
    }
  }
} else {
  console.error('--write or --check')
  process.exitCode = 2
}
