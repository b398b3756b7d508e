// Names that read the same: case, width, accents and letters of other alphabets that look alike make no difference.

import { shortAddress } from './names';

/** Letters that look like a Latin letter or digit, beside what Unicode itself calls compatible. */
const LOOKALIKES: Record<string, string> = {};
const LATIN: [string, string][] = [
  ['a', 'аαɑᴀᎪꓮ'],
  ['b', 'ЬьвβƄʙᏴꓐ'],
  ['c', 'сϲςᴄᏟꓚ'],
  ['d', 'ԁɗđᴅᎠꓓ'],
  ['e', 'еєεҽᴇᎬꓰɛ'],
  ['g', 'ɡցɢᏀꓖ'],
  ['h', 'һнհħʜᎻꓧ'],
  ['k', 'кκᴋᏦꓗ'],
  ['l', '1iіιıӏ|ǀłɪʟᏞᎥꓡꓲ'],
  ['m', 'мϻᴍᎷꓟ'],
  ['n', 'пηոɴꓠ'],
  ['o', '0оοօσøᴏꓳ'],
  ['p', 'рρᴘᏢꓑ'],
  ['q', 'ԛգ'],
  ['s', 'ѕʂ$5ꜱᏚᏕꓢ'],
  ['t', 'тτŧᴛᎢꓔ'],
  ['u', 'υսʋᴜꓴ'],
  ['v', 'νѵᴠᏙꓦ'],
  ['w', 'ԝωաᴡᎳꓪ'],
  ['x', 'хχ×ꓫ'],
  ['y', 'уγүʏᎩꓬᎽ'],
  ['f', 'ƒꜰꓝ'],
  ['r', 'гʀᎡᏒꓣ'],
  ['z', 'ᴢᏃꓜ'],
  ['j', 'јϳᴊᎫꓙ'],
];
for (const [letter, others] of LATIN) for (const other of others) LOOKALIKES[other.toLowerCase()] = letter;

/** What two names that read the same have in common; null where there is nothing to compare. */
export function normalName(name: string | null): string | null {
  if (name === null) return null;
  const folded = name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  const letters = Array.from(folded, (letter) => LOOKALIKES[letter] ?? letter);
  const kept = letters.join('').replace(/[^\p{L}\p{N}]/gu, '').replace(/rn/g, 'm').replace(/vv/g, 'w');
  // of a name of signs alone the signs are all there is
  const whole = kept === '' ? folded.replace(/[\s\p{C}]/gu, '') : kept;
  return whole === '' ? null : whole;
}

/** For each validator with namesakes, their operator addresses. A validator may go by several names. */
export function findAlike(named: { validator: string; names: (string | null)[] }[]): Map<string, string[]> {
  const byName = new Map<string, Set<string>>();
  const normals = named.map(({ validator, names }) => {
    const own = new Set(names.map(normalName).filter((it) => it !== null));
    for (const name of own) byName.set(name, (byName.get(name) ?? new Set()).add(validator));
    return { validator, own };
  });
  const alike = new Map<string, string[]>();
  for (const { validator, own } of normals) {
    const others = new Set([...own].flatMap((name) => [...(byName.get(name) ?? [])]));
    others.delete(validator);
    if (others.size > 0) alike.set(validator, [...others].sort());
  }
  return alike;
}

/** A label for each address: its name, with the address where others have the same name or one that looks so. */
export function tellApart(names: Map<string, string | null>): Map<string, string> {
  const alike = findAlike(Array.from(names, ([validator, name]) => ({ validator, names: [name] })));
  const label = (address: string, name: string | null) => {
    if (name === null) return shortAddress(address);
    return alike.has(address) ? `${name} (${shortAddress(address)})` : name;
  };
  return new Map(Array.from(names, ([address, name]) => [address, label(address, name)]));
}
