// A badge for an operator's own site: a static picture with its date, because it ages.

export interface Badge {
  name: string;
  /** What the first line says. */
  title: string;
  /** What a line says of its stake, or null. */
  stake: string | null;
  /** An operator runs on several. */
  chain: string;
  date: string;
  /** What the picture is, for who cannot see it. */
  description: string;
}

export const BADGE_WIDTH = 260;
export const BADGE_HEIGHT = 96;
/** Letters of common width in a line of the name, and in the smaller lines. */
const NAME_LETTERS = 22;
const SMALL_LETTERS = 31;

const FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/** Text between tags and in attributes, without what XML refuses and what steers how other text is shown. */
export function escapeXml(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '').replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}

const TWICE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F000}-\u{3FFFF}]/u;

/** In tenths of a common letter. */
function widthOf(letter: string): number {
  if (/\p{M}/u.test(letter)) return 0;
  if (TWICE.test(letter)) return 20;
  if (/[WM@%m—]/.test(letter)) return 24;
  if (letter === 'w') return 17;
  return /\p{Lu}|[<>&=+~#\d]/u.test(letter) ? 13 : 10;
}

/** As many letters as fit. */
function fit(text: string, most: number): string {
  let width = 0;
  let kept = '';
  for (const letter of text) {
    width += widthOf(letter);
    if (width > most * 10) return `${kept.trimEnd()}…`;
    kept += letter;
  }
  return kept;
}

const DARK = '.ground{fill:#1a2220;stroke:#38433f}.ink{fill:#e8eeeb}.soft{fill:#a7b4b0}.accent{fill:#6fd0bd}.mark{fill:#06241e}';
const SHIELD = 'M34 22 52 29v17c0 13-8 22-18 28-10-6-18-15-18-28V29z';
const DOTS: [number, number][] = [
  [34, 38],
  [26.5, 49],
  [41.5, 49],
  [34, 60],
];

/** Colours are attributes, so that a host that refuses styles shows the light one. */
export function drawBadge({ name, title, stake, chain, date, description }: Badge): string {
  const line = (y: number, size: number, kind: 'ink' | 'soft', text: string) => {
    const looks = kind === 'ink' ? 'fill="#17211f" font-weight="700"' : 'fill="#55625f"';
    return `<text class="${kind}" x="64" y="${y}" font-size="${size}" ${looks}>${escapeXml(text)}</text>`;
  };
  const small = [chain, ...(stake === null ? [] : [stake]), date];
  // as a block in the middle
  const top = small.length === 2 ? 27 : 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${BADGE_WIDTH}" height="${BADGE_HEIGHT}" viewBox="0 0 ${BADGE_WIDTH} ${BADGE_HEIGHT}" role="img" aria-labelledby="badge-title badge-text" font-family="${FONT}">`,
    `<title id="badge-title">${escapeXml(`${title}: ${name}`)}</title>`,
    `<desc id="badge-text">${escapeXml(description)}</desc>`,
    `<style>@media (prefers-color-scheme: dark){${DARK}}</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${BADGE_WIDTH - 1}" height="${BADGE_HEIGHT - 1}" rx="10" fill="#ffffff" stroke="#d5dad6"/>`,
    `<path class="accent" d="${SHIELD}" fill="#0b6b5d"/>`,
    ...DOTS.map(([x, y]) => `<circle class="mark" cx="${x}" cy="${y}" r="3.6" fill="#ffffff"/>`),
    // another font may be wider: nothing goes over the edge
    `<svg width="${BADGE_WIDTH - 8}" height="${BADGE_HEIGHT}">`,
    line(top, 13, 'soft', title),
    line(top + 21, 17, 'ink', fit(name, NAME_LETTERS)),
    ...small.map((text, index) => line(top + 38 + index * 15, 11, 'soft', fit(text, SMALL_LETTERS))),
    '</svg>',
    '</svg>',
  ].join('\n');
}

/** For pasting into a site: the picture, with the way back. */
export function writeSnippet(badge: Badge, link: string, file: string): string {
  const alt = escapeXml(`${badge.title}: ${badge.name}. ${badge.description}`);
  return `<a href="${escapeXml(link)}"><img src="${escapeXml(file)}" width="${BADGE_WIDTH}" height="${BADGE_HEIGHT}" alt="${alt}"></a>`;
}
