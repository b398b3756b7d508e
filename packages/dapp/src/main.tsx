import { render } from 'preact';
import { App } from './app';
import { loadConfig } from './config';
import { tell } from './page';
import './style.css';

const root = document.getElementById('page');
if (root !== null) {
  loadConfig().then(
    (config) => render(<App config={config} />, root),
    (error: unknown) => render(<p class="notice bad">{tell(error)}</p>, root),
  );
}
