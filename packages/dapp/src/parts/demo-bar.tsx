// Above the page of a devnet: whose public key signs.
import { usePage } from '../page';
import { texts } from '../texts';
import { DEMO_ACCOUNTS, isDemoOffered } from '../wallet/demo-offer';

const words = texts.demo;

export function DemoBar() {
  const { config, wallet } = usePage();
  if (!isDemoOffered(config)) return null;
  return (
    <aside class="demo" aria-label={words.label}>
      <div class="bar">
        <strong>{words.mark}</strong>
        <label for="demo-account">{words.account}</label>
        <select
          id="demo-account"
          value={wallet.demo ?? ''}
          disabled={wallet.isConnecting}
          onChange={(event) => void wallet.chooseDemo(event.currentTarget.value || null)}
        >
          <option value="">{words.none}</option>
          {DEMO_ACCOUNTS.map((name) => (
            <option key={name} translate={false}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </aside>
  );
}
