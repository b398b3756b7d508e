import { render } from 'preact';
import { App } from './app';
import { loadConfig } from './config';
import { HostError } from './host';
import { tell } from './page';
import { texts } from './texts';
import './style.css';

/** Milliseconds until a host that does not answer is asked again, and until a slow one is told of. */
const AGAIN = 3_000;
const SLOW = 1_500;

async function start(root: HTMLElement): Promise<void> {
  const slow = setTimeout(() => render(<p role="status">{texts.loading}</p>, root), SLOW);
  for (;;) {
    try {
      const config = await loadConfig();
      clearTimeout(slow);
      return render(<App config={config} />, root);
    } catch (error) {
      clearTimeout(slow);
      render(<p class="notice bad">{tell(error)}</p>, root);
      if (!(error instanceof HostError)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

const root = document.getElementById('page');
if (root !== null) void start(root);
