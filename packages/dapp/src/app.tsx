// The frame around the screens, and which of them is shown.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Config } from './config';
import { ConnectButton } from './parts/connect-button';
import { DemoBar } from './parts/demo-bar';
import { keepFocus } from './parts/keep-focus';
import { NodePlace, openNodePlace } from './parts/node-place';
import { Said } from './parts/said';
import { routeOfAct, TxElsewhere } from './parts/tx-elsewhere';
import { PageContext, usePageState, type Page } from './page';
import { shortAddress } from './names';
import { readPlace, ROUTE_NAMES, ROUTES, type Route } from './routes';
import { DefendersScreen } from './screens/defenders';
import { DepositScreen } from './screens/deposit';
import { GovernanceScreen } from './screens/governance';
import { HowItWorksScreen } from './screens/how-it-works';
import { NetworkScreen } from './screens/network';
import { PositionScreen } from './screens/position';
import { SpreadScreen } from './screens/spread';
import { texts } from './texts';

export function App({ config }: { config: Config }) {
  const page = usePageState(config);
  const [{ route, of }, setPlace] = useState(() => readPlace(location.hash));
  const main = useRef<HTMLElement>(null);
  const tx = useRef(page.tx);
  tx.current = page.tx;
  // in the turn of the first drawing: a change of the address before the next one would be lost
  useLayoutEffect(() => {
    const changed = ({ newURL }: HashChangeEvent) => {
      setPlace(readPlace(location.hash));
      // of two steps at once the first is seen too
      const next = readPlace(new URL(newURL).hash);
      // what ended elsewhere is told in full on its own screen
      const { act } = tx.current;
      if (act === null || routeOfAct(act) !== next.route) tx.current.forget();
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    };
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    document.title = `${texts.nav[route]} · ${texts.title}`;
    document.documentElement.lang = texts.language;
    const description = texts.descriptions[route] ?? texts.descriptions.network;
    document.querySelector('meta[name=description]')?.setAttribute('content', description);
  }, [route]);
  useEffect(keepFocus, []);
  const own = page.wallet.key?.bech32Address ?? null;
  const form = useFormKey(own);
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {texts.skip}
      </a>
      <DemoBar />
      <Header page={page} route={route} />
      <NodeBanner page={page} />
      <TxElsewhere route={route} isOwn={of === null || of === own} />
      <main id="main" tabIndex={-1} ref={main} aria-label={texts.nav[route]}>
        {route === 'network' && <NetworkScreen />}
        {route === 'how-it-works' && <HowItWorksScreen section={of} />}
        {route === 'deposit' && <DepositScreen key={form} />}
        {route === 'spread' && <SpreadScreen key={of ?? own} shown={of} />}
        {route === 'defenders' && <DefendersScreen shown={of} />}
        {route === 'governance' && <GovernanceScreen />}
        {route === 'position' && <PositionScreen key={of ?? own} shown={of} />}
      </main>
      <footer>
        <div class="foot">
          <p>
            {texts.footer} <a href={`${ROUTES['how-it-works']}/risks`}>{texts.footerLink}</a>
          </p>
          <p class="only-print">
            {texts.print.source(location.href)} · {texts.print.vault(config.vault)}
          </p>
          <NodePlace />
        </div>
      </footer>
    </PageContext.Provider>
  );
}

/** Another account: another form. Whoever connects the first one goes on with what is typed. */
function useFormKey(own: string | null): number {
  const form = useRef({ key: 0, own });
  if (form.current.own !== null && form.current.own !== own) form.current.key += 1;
  form.current.own = own;
  return form.current.key;
}

function Header({ page, route }: { page: Page; route: Route }) {
  const { key, disconnect, notice } = page.wallet;
  // narrow windows only: wide ones show all screens
  const [isMenuOpen, setMenuOpen] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  const closeMenu = () => {
    setMenuOpen(false);
    // where the keyboard was is hidden now
    menu.current?.focus();
  };
  return (
    <header onKeyDown={(event) => event.key === 'Escape' && isMenuOpen && closeMenu()}>
      <div class="bar">
        <a class="brand" href={ROUTES.network} aria-label={texts.brandOf}>
          <img src="./icon.svg" alt="" width="28" height="28" /> <span>{texts.brand}</span>
        </a>
        <button
          type="button"
          class="second menu"
          ref={menu}
          aria-expanded={isMenuOpen}
          aria-controls="screens"
          onClick={() => setMenuOpen((it) => !it)}
        >
          {texts.nav.menu}
        </button>
        <nav id="screens" class={isMenuOpen ? 'open' : undefined} aria-label={texts.nav.label} onClick={() => setMenuOpen(false)}>
          {ROUTE_NAMES.map((it) => (
            <a key={it} href={ROUTES[it]} aria-current={it === route ? 'page' : undefined}>
              {texts.nav[it]}
            </a>
          ))}
        </nav>
        {key ? (
          <span class="account">
            <span class="name" translate={false} title={key.bech32Address}>
              <bdi>{key.name}</bdi> <code>{shortAddress(key.bech32Address)}</code>
            </span>
            <button type="button" class="second small" onClick={disconnect}>
              {texts.wallet.disconnect}
            </button>
          </span>
        ) : (
          <ConnectButton look="second" />
        )}
      </div>
      <div role="status">{notice && <p class="notice">{notice}</p>}</div>
    </header>
  );
}

function NodeBanner({ page }: { page: Page }) {
  const { head, freshness, gone } = page.node;
  let [kind, words]: [string | null, string] = [null, ''];
  if (gone !== null) [kind, words] = ['gone', texts.banner.gone(gone)];
  else if (head && head.chainId !== page.config.chainId) [kind, words] = ['other', texts.banner.wrongChain(head.chainId)];
  else if (freshness.kind === 'old') [kind, words] = ['old', texts.banner.old(Math.floor(freshness.age / 60))];
  else if (freshness.kind === 'falling') [kind, words] = ['falling', texts.banner.falling];
  const { own, useOwn } = page.node;
  return (
    <div class="banner-place">
      {/* said once: how old a block is changes each minute */}
      <Said of={kind} text={words} />
      {kind !== null && (
        <p class="notice bad" aria-hidden="true">
          {words}
        </p>
      )}
      {gone !== null && (
        <button type="button" class="second small" onClick={openNodePlace}>
          {texts.endpoint.another}
        </button>
      )}
      {own !== null && (
        <p class="notice">
          {texts.endpoint.ownInUse} <code translate={false}>{own}</code>{' '}
          <button type="button" class="second small" onClick={() => useOwn(null)}>
            {texts.endpoint.remove}
          </button>
        </p>
      )}
    </div>
  );
}
