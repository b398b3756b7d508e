// The screens by their hash: `#/`, `#/NAME`, and `#/NAME/PART` where a screen is about one account or
// operator, or has sections.

/** In the order in which they are offered. */
export const ROUTES = {
  network: '#/',
  deposit: '#/deposit',
  spread: '#/spread',
  position: '#/position',
  defenders: '#/defenders',
  governance: '#/governance',
  'how-it-works': '#/how-it-works',
} as const;

export type Route = keyof typeof ROUTES;
export const ROUTE_NAMES = Object.keys(ROUTES) as Route[];

export interface Place {
  route: Route;
  /** What it is about. */
  of: string | null;
}

/** What is not known leads to the first screen. */
export function readPlace(hash: string): Place {
  const [, name, of] = /^#\/([a-z-]+)(?:\/([a-z0-9]+))?$/.exec(hash) ?? [];
  const route = ROUTE_NAMES.find((it) => it === name);
  return route === undefined ? { route: 'network', of: null } : { route, of: of ?? null };
}
