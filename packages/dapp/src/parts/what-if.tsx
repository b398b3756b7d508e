// What an operator's own acts would change: those that everybody can think of, and what is typed here.
import { useMemo, useState } from 'preact/hooks';
import { parseAmount, showAmount } from '../amounts';
import { tryExplanation, type Asked, type Explanation, type OperatorDetail, type OperatorFacts } from '../operators/operators';
import { parseRate } from '../operators/rate';
import { showChange, tellAct, tellChange } from '../operators/words';
import { usePage } from '../page';
import { texts } from '../texts';
import { StackTable } from './stack-table';

const words = texts.operators.own;

export function WhatIf({ facts, detail, validator }: { facts: OperatorFacts; detail: OperatorDetail; validator: string }) {
  const unit = usePage().config.denom;
  const [bond, setBond] = useState('');
  const [rate, setRate] = useState('');
  const [most, setMost] = useState('');
  const [isUnlimited, setUnlimited] = useState(false);
  const parsed = { bond: readTokens(bond, unit.decimals), rate: parseRate(rate), most: readTokens(most, unit.decimals) };
  const asked: Asked = {};
  if (parsed.bond.tokens !== null) asked.selfBond = parsed.bond.tokens;
  if (parsed.rate.rate !== null) asked.commission = parsed.rate.rate;
  if (isUnlimited) asked.ownMaximum = null;
  else if (parsed.most.tokens !== null) asked.ownMaximum = parsed.most.tokens;
  const question = `${asked.selfBond} ${asked.commission} ${asked.ownMaximum}`;
  const answer = useMemo(() => tryExplanation(facts, detail, validator, asked), [facts, detail, validator, question]);
  return (
    <section id="what-if">
      <h2>{words.change}</h2>
      <p>{words.changeLead}</p>
      <div class="two">
        {'reason' in answer ? <p class="notice bad">{answer.reason}</p> : <Acts explanation={answer.explanation} />}
        <form class="card" onSubmit={(event) => event.preventDefault()}>
          <h3>{words.asked}</h3>
          <p class="quiet">
            {words.askedLead} {words.asItIs}
          </p>
          <Field id="ask-bond" label={words.moreOfItsOwn} symbol={unit.symbol} text={bond} fault={parsed.bond.fault} onText={setBond} />
          <Field
            id="ask-rate"
            label={words.commission}
            symbol="%"
            text={rate}
            fault={parsed.rate.isWrong ? words.rateFault : null}
            onText={setRate}
          />
          <Field
            id="ask-most"
            label={words.ownMaximum}
            symbol={unit.symbol}
            text={most}
            fault={parsed.most.fault}
            hint={words.ownMaximumHint}
            disabled={isUnlimited}
            onText={setMost}
          />
          <label class="choice">
            <input type="checkbox" checked={isUnlimited} onChange={(event) => setUnlimited(event.currentTarget.checked)} />{' '}
            {words.noMaximum}
          </label>
          <p role="status" id="asked-result">
            {'explanation' in answer && <Result explanation={answer.explanation} />}
          </p>
        </form>
      </div>
    </section>
  );
}

function Acts({ explanation }: { explanation: Explanation }) {
  const unit = usePage().config.denom;
  const columns = words.changeColumns;
  return (
    <div>
      {!explanation.is_exact && <p class="notice">{words.notExact}</p>}
      <StackTable
        id="acts"
        caption={words.change}
        isCaptionUnseen
        columns={[{ name: columns.act }, { name: columns.target, isNumber: true }, { name: columns.change, isNumber: true }]}
        rows={explanation.what_if.map((row) => ({
          key: `${row.act} ${row.value}`,
          data: { 'data-act': row.act },
          head: (
            <>
              {tellAct(row, unit)} {!row.eligible && <span class="mark warn">{words.excluded}</span>}
            </>
          ),
          cells: [showAmount(BigInt(row.target), unit), showChange(row.change, unit)],
        }))}
      />
    </div>
  );
}

function Result({ explanation }: { explanation: Explanation }) {
  const unit = usePage().config.denom;
  const find = (act: string) => explanation.what_if.find((row) => row.act === act);
  const asked = find('asked');
  const cleared = find('asked_eligible');
  if (asked === undefined) return null;
  const tellRow = (row: typeof asked) => [showAmount(BigInt(row.target), unit), tellChange(row.change, unit)] as const;
  if (asked.target === '0' && cleared !== undefined) return <>{words.resultExcluded(...tellRow(cleared))}</>;
  if (!asked.eligible) return <>{words.resultOut(tellChange(asked.change, unit))}</>;
  return <>{words.result(...tellRow(asked))}</>;
}

/** Nothing typed is nothing asked; none at all is an amount here. */
function readTokens(text: string, decimals: number): { tokens: bigint | null; fault: string | null } {
  const parsed = parseAmount(text, decimals);
  if ('tokens' in parsed) return { tokens: parsed.tokens, fault: null };
  if (parsed.fault === 'zero') return { tokens: 0n, fault: null };
  return { tokens: null, fault: parsed.fault === 'empty' ? null : texts.amountFaults[parsed.fault] };
}

interface FieldProps {
  id: string;
  label: string;
  symbol: string;
  text: string;
  fault: string | null;
  hint?: string;
  disabled?: boolean;
  onText: (text: string) => void;
}

function Field({ id, label, symbol, text, fault, hint = '', disabled = false, onText }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="input">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          disabled={disabled}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-note`}
          onInput={(event) => onText(event.currentTarget.value)}
        />
        <span class="symbol" translate={false}>
          {symbol}
        </span>
      </div>
      <p class={fault === null ? 'quiet' : 'fault'} id={`${id}-note`} role="status">
        {fault ?? hint}
      </p>
    </div>
  );
}
