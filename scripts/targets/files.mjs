// Random files for `targets`: small ones, and shipped sets with groups that overlap.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** mulberry32: small, seeded, good enough to draw cases. */
export function randomOf(seed) {
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

export function smallFile(random) {
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

export const SETS = ['cosmoshub-2022-10', 'osmosis-2021-07']

/** A shipped set, its stakes changed by `scale`, with 40 groups that overlap. */
export function realFile(random, set, scale) {
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
