// The choice of a list.
import { texts } from '../texts';
import type { ListKind } from './list';

const words = texts.spread;

interface Props {
  kinds: ListKind[];
  kind: ListKind;
  onKind: (kind: ListKind) => void;
  onFile: (file: File) => void;
  /** Why the chosen list cannot be used, or null. */
  problem: string | null;
  /** What is on it, or null. */
  told: string | null;
  disabled: boolean;
}

export function ListField(props: Props) {
  return (
    <fieldset disabled={props.disabled} aria-describedby="list-told list-fault">
      <legend>{words.list}</legend>
      {props.kinds.map((kind) => (
        <label key={kind} class="choice">
          <input type="radio" name="list" value={kind} checked={props.kind === kind} onChange={() => props.onKind(kind)} />
          {words.lists[kind]}
        </label>
      ))}
      {props.kind === 'file' && (
        <>
          <label for="list-file">{words.file}</label>
          <input
            id="list-file"
            type="file"
            accept=".csv,.txt,.json,text/csv,text/plain,application/json"
            aria-describedby="list-file-hint"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) props.onFile(file);
            }}
          />
          <p class="quiet" id="list-file-hint">
            {words.fileHint}
          </p>
        </>
      )}
      <p class="quiet" id="list-told" role="status">
        {props.told}
      </p>
      <p class="fault" id="list-fault" role="status">
        {props.problem}
      </p>
    </fieldset>
  );
}
