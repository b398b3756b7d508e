// The frame around the screens, and which of them is shown.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Config } from './config';
import { PageContext, usePageState, type Page } from './page';
import { shortAddress } from './names';
import { readPlace, ROUTE_NAMES, ROUTES, type Route } from './routes';
import { DepositScreen } from './screens/deposit';
import { GovernanceScreen } from './screens/governance';
import { NetworkScreen } from './screens/network';
import { PositionScreen } from './screens/position';
import { showTime } from './times';
import { texts } from './texts';

export function App({ config }: { config: Config }) {
  const page = usePageState(config);
  const [{ route, of }, setPlace] = useState(() => readPlace(location.hash));
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const changed = () => {
      setPlace(readPlace(location.hash));
      page.tx.forget();
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    };
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    document.title = `${texts.nav[route]} · ${texts.title}`;
  }, [route]);
  const address = page.wallet.key?.bech32Address ?? 'nobody';
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {texts.skip}
      </a>
      <Header page={page} route={route} />
      <NodeBanner page={page} />
      <main id="main" tabIndex={-1} ref={main}>
        {route === 'network' && <NetworkScreen />}
        {/* another account: another form */}
        {route === 'deposit' && <DepositScreen key={address} />}
        {route === 'governance' && <GovernanceScreen />}
        {route === 'position' && <PositionScreen key={of ?? address} shown={of} />}
      </main>
      <footer>
        <p>{texts.footer}</p>
        {page.node.head && (
          <p class="quiet">
            {config.chainName} · {texts.asOf(page.node.head.height, showTime(page.node.head.time))}
          </p>
        )}
      </footer>
    </PageContext.Provider>
  );
}

function Header({ page, route }: { page: Page; route: Route }) {
  const { key, isConnecting, connect, notice } = page.wallet;
  return (
    <header>
      <div class="bar">
        <a class="brand" href={ROUTES.network}>
          <img src="./icon.svg" alt="" width="28" height="28" /> {texts.brand}
        </a>
        <nav aria-label={texts.nav.label}>
          {ROUTE_NAMES.map((it) => (
            <a key={it} href={ROUTES[it]} aria-current={it === route ? 'page' : undefined}>
              {texts.nav[it]}
            </a>
          ))}
        </nav>
        {key ? (
          <span class="account" translate={false} title={key.bech32Address}>
            {key.name} <code>{shortAddress(key.bech32Address)}</code>
          </span>
        ) : (
          <button type="button" class="second" disabled={isConnecting} onClick={() => void connect()}>
            {isConnecting ? texts.wallet.connecting : texts.wallet.connect}
          </button>
        )}
      </div>
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
    </header>
  );
}

function NodeBanner({ page }: { page: Page }) {
  const { head, freshness, gone } = page.node;
  let words: string | null = null;
  if (gone !== null) words = texts.banner.gone(gone);
  else if (head && head.chainId !== page.config.chainId) words = texts.banner.wrongChain(head.chainId);
  else if (freshness.kind === 'old') words = texts.banner.old(Math.floor(freshness.age / 60));
  else if (freshness.kind === 'falling') words = texts.banner.falling;
  return (
    <div role="status" class="banner-place">
      {words && <p class="notice bad">{words}</p>}
    </div>
  );
}
