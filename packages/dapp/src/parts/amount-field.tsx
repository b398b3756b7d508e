// A field for an amount, with a button for all of it.
import { texts } from '../texts';
import type { ParsedAmount } from '../amounts';

interface Props {
  id: string;
  label: string;
  symbol: string;
  text: string;
  parsed: ParsedAmount;
  /** What is wrong beside how it is written, or null. */
  problem: string | null;
  hint: string;
  all: string;
  onText: (text: string) => void;
  onAll: (() => void) | null;
  disabled: boolean;
}

export function AmountField(props: Props) {
  const { id, parsed } = props;
  const words = 'fault' in parsed ? texts.amountFaults[parsed.fault] : props.problem;
  const isBad = words !== null && words !== '';
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="input">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={props.text}
          disabled={props.disabled}
          aria-invalid={isBad}
          aria-describedby={`${id}-hint ${id}-fault`}
          onInput={(event) => props.onText(event.currentTarget.value)}
        />
        <span class="symbol" translate={false}>
          {props.symbol}
        </span>
        <button type="button" class="second" disabled={props.disabled || props.onAll === null} onClick={() => props.onAll?.()}>
          {props.all}
        </button>
      </div>
      <p class="quiet" id={`${id}-hint`}>
        {props.hint}
      </p>
      <p class="fault" id={`${id}-fault`} role="status">
        {isBad && words}
      </p>
    </div>
  );
}
