// The checks of `defenders verify`, made here and told in words.
import { useState } from 'preact/hooks';
import { saveText } from '../network/csv';
import { tell, usePage } from '../page';
import { CopyButton } from '../parts/copy-button';
import { localTimes, showTime } from '../times';
import { texts } from '../texts';
import { computeVerify, type Report } from './module';
import { readVerifyFacts } from './read';

const words = texts.governance.verify;

interface Result {
  report: Report;
  /** What it was held against: of other entries it says nothing. */
  entries: string;
  /** Of the block, seconds. */
  time: number;
}

/** `host`: the list that this page comes with, its text and name. */
export function Verify({ host }: { host: { name: string; text: string } | null }) {
  const { chain, vault, config } = usePage();
  const [own, setOwn] = useState('');
  const [owner, setOwner] = useState(config.owner ?? '');
  const [isRunning, setRunning] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [error, setError] = useState<string | null>(null);
  const entries = JSON.stringify([own, owner]);
  const shown = result?.entries === entries ? result : null;
  const run = async () => {
    setRunning(true);
    setError(null);
    setResult(null);
    try {
      const list = own.trim() === '' ? host : { name: words.ownList, text: own };
      const facts = await readVerifyFacts(chain, vault);
      const { report } = computeVerify({ ...facts, checksums: list, owner: owner.trim() || null });
      setResult({ report, entries, time: facts.time });
    } catch (failure) {
      setError(words.failed(tell(failure)));
    }
    setRunning(false);
  };
  return (
    <section aria-labelledby="verify-title" id="verify">
      <h2 id="verify-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isRunning) void run();
        }}
      >
        <button type="submit" class="button" aria-disabled={isRunning}>
          {isRunning ? words.running : words.start}
        </button>
        <details>
          <summary>{words.against}</summary>
        <List host={host} own={own} onOwn={setOwn} />
        <label for="verify-owner">{words.owner}</label>
        <div class="input mono">
          <input
            id="verify-owner"
            autoComplete="off"
            spellcheck={false}
            value={owner}
            aria-describedby="verify-owner-hint"
            onInput={(event) => setOwner(event.currentTarget.value)}
          />
        </div>
        <p class="quiet" id="verify-owner-hint">
          {words.ownerHint}
        </p>
        </details>
      </form>
      <div role="status" id="verdict">
        {isRunning && <p class="unseen">{words.running}</p>}
        {error && <p class="notice bad">{error}</p>}
        {shown && <Verdict report={shown.report} />}
      </div>
      {shown && <Results report={shown.report} time={shown.time} />}
      <Stronger owner={owner.trim()} />
    </section>
  );
}

function List({ host, own, onOwn }: { host: { name: string } | null; own: string; onOwn: (text: string) => void }) {
  return (
    <fieldset>
      <legend>{words.list}</legend>
      <p class="quiet">{host === null ? words.listNone : words.listFromHost(host.name)}</p>
      <label for="verify-file">{words.file}</label>
      <input
        type="file"
        id="verify-file"
        accept=".txt,text/plain"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void file.text().then(onOwn);
        }}
      />
      <label for="verify-list">{words.listOwn}</label>
      <textarea id="verify-list" rows={3} spellcheck={false} autoComplete="off" value={own} onInput={(event) => onOwn(event.currentTarget.value)} />
    </fieldset>
  );
}

function Verdict({ report }: { report: Report }) {
  const { ok, not_ok: wrong, cannot_tell: unknown } = report.counts;
  const all = ok + wrong + unknown;
  const kinds = { ok: 'good', not_ok: 'bad', cannot_tell: '' };
  let told: string;
  if (wrong > 0) told = words.verdicts.notOk(wrong, unknown, all);
  else if (unknown > 0) told = words.verdicts.unknown(unknown, all);
  else told = words.verdicts.ok(all);
  return (
    <p class={`notice ${kinds[report.verdict]}`} data-verdict={report.verdict}>
      <strong>
        <span aria-hidden="true">{words.signs[report.verdict]} </span>
        {told}
      </strong>
    </p>
  );
}

function Results({ report, time }: Pick<Result, 'report' | 'time'>) {
  const { release, checks, height } = report;
  const [isAll, setAll] = useState(false);
  return (
    <>
      {release && <p>{words.heldAgainst(release.checksums, release.source ?? words.untold, release.builder ?? words.untold)}</p>}
      <ol class="checks" role="list" aria-label={words.results}>
        {checks.map(({ what, finding, because }) => (
          <li key={what} data-finding={finding} data-what={what}>
            <span class="sign" aria-hidden="true">
              {words.signs[finding]}
            </span>
            <details open={isAll || finding !== 'ok'}>
              <summary>
                <span class="finding">{words.words[finding]}</span> {words.checks[what] ?? what}
              </summary>
              <p class="quiet because">{localTimes(because)}</p>
            </details>
          </li>
        ))}
      </ol>
      <p class="quiet">{texts.asOf(height, showTime(time))}</p>
      <p class="actions">
        <button type="button" class="second small" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? words.hideAll : words.showAll}
        </button>
        <button
          type="button"
          class="second small"
          onClick={() => saveText(`verify-${report.vault}-${height}.json`, `${JSON.stringify(report, null, 2)}\n`, 'application/json')}
        >
          {words.save}
        </button>
      </p>
    </>
  );
}

function Stronger({ owner }: { owner: string }) {
  const { config } = usePage();
  const who = owner === '' ? '' : ` --owner ${owner}`;
  const command = `defenders verify ${config.vault} --checksums checksums.txt${who} --node ${config.rpc}`;
  return (
    <>
      <p>{words.lie}</p>
      <p class="command">
        <code translate={false}>{command}</code> <CopyButton text={command} of={words.command} />
      </p>
    </>
  );
}
