// Which node is read, how fresh it is, and an address of one's own.
import { useState } from 'preact/hooks';
import { checkEndpoint, tidyEndpoint } from '../node/own-endpoint';
import { usePage } from '../page';
import { showTime } from '../times';
import { texts } from '../texts';

const words = texts.endpoint;
/** Where the footer's place is found. */
const PLACE = 'node-place';

const hostOf = (address: string) => new URL(address).host;

/** Opens the place where an address is entered, and goes there. */
export function openNodePlace(): void {
  const place = document.getElementById(PLACE);
  if (!(place instanceof HTMLDetailsElement)) return;
  place.open = true;
  place.querySelector('summary')?.focus();
}

export function NodePlace() {
  const { config, chain, node } = usePage();
  const [isOpen, setOpen] = useState(false);
  const { rest } = chain;
  const current = rest.endpoints[rest.current] ?? '';
  const { head } = node;
  return (
    <details id={PLACE} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {config.chainName} · <span translate={false}>{hostOf(current)}</span>
        {head && ` · ${texts.asOf(head.height, showTime(head.time))}, ${words.age(Math.max(Math.floor(Date.now() / 1000) - head.time, 0))}`}
      </summary>
      <p>{words.explain}</p>
      <ol>
        {rest.endpoints.map((address) => (
          <li key={address}>
            <code translate={false}>{address}</code> {address === node.own && words.yours} {address === current && words.inUse}
          </li>
        ))}
      </ol>
      {isOpen && <OwnForm />}
    </details>
  );
}

function OwnForm() {
  const { config, node } = usePage();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isChecking, setChecking] = useState(false);
  const submit = async () => {
    const address = tidyEndpoint(text);
    setChecking(true);
    setProblem(null);
    const found = await checkEndpoint(address, config, node.head?.height ?? 0, Date.now() / 1000);
    setChecking(false);
    setProblem(found);
    if (found === null) {
      setText('');
      node.useOwn(address);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isChecking) void submit();
      }}
    >
      <label for="own-endpoint">{words.own}</label>
      <div class="input">
        <input
          id="own-endpoint"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellcheck={false}
          placeholder="https://"
          value={text}
          aria-invalid={problem !== null}
          aria-describedby="own-endpoint-fault"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="second" disabled={isChecking || text.trim() === ''}>
          {isChecking ? words.checking : words.use}
        </button>
      </div>
      <p class="fault" id="own-endpoint-fault" role="status">
        {problem}
      </p>
    </form>
  );
}
