// Coins into the vault.
import { loadAllocation } from '../modules';
import { useEffect, useState } from 'preact/hooks';
import { feeFor, leastOf, maxDeposit, parseAmount, plainAmount, showAmount, showDecimal, type Unit } from '../amounts';
import { shortAddress, tellApart } from '../names';
import { attribute } from '../node/chain';
import { computeNetwork, effectiveWhenPlaced, namesOf, readNetwork, type NetworkFacts } from '../network/network';
import { isSigningOff, useLoaded, usePage, useSettled } from '../page';
import { AmountField } from '../parts/amount-field';
import { Loading } from '../parts/loading';
import { TxStatus } from '../parts/tx-status';
import { estimateGas } from '../tx/send';
import { daysOf } from '../times';
import { texts } from '../texts';
import { depositCall, TOLERANCE_BPS } from '../vault/messages';
import { findRefusal, type Doors } from '../vault/refusal';
import { tellRefusal } from '../vault/refusal-text';

const words = texts.deposit;
/** Gas of a deposit at most, and of the acts that "max" keeps coins for: a withdrawal and claims. */
const DEPOSIT_GAS = 700_000n;
const LATER_GAS = 2_000_000n;
/** How many validators a preview names. */
const NAMED = 3;

interface Facts {
  doors: Doors;
  network: NetworkFacts;
  shareUnit: Unit;
  /** Null without a wallet. */
  spendable: bigint | null;
  /** Coins that vesting locks. */
  locked: bigint;
}

export function DepositScreen() {
  const page = usePage();
  const { chain, vault, wallet, version, config } = page;
  const address = wallet.key?.bech32Address ?? null;
  const facts = useLoaded<Facts>(async () => {
    const [head, network, health, brake, spendable, balance] = await Promise.all([
      chain.head(),
      readNetwork(chain, vault),
      vault.health(),
      vault.brake(),
      address === null ? null : chain.spendable(address, config.denom.base),
      address === null ? 0n : chain.balance(address, config.denom.base),
      loadAllocation(),
    ]);
    const shareUnit = await vault.shareUnit(network.config, config.denom.decimals);
    return { doors: { totals: network.totals, health, brake, now: head.time }, network, shareUnit, spendable, locked: max0(balance - (spendable ?? 0n)) };
  }, [address, version]);
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
      </section>
      {facts.data === null ? <Loading of={facts} /> : <DepositForm facts={facts.data} />}
    </>
  );
}

const max0 = (amount: bigint) => (amount > 0n ? amount : 0n);

interface Preview {
  tokens: bigint;
  shares: bigint;
  fee: bigint | null;
  goesTo: string[];
  others: number;
  /** Effective numbers, null where they cannot be computed. */
  effect: { before: string; after: string } | null;
}

function DepositForm({ facts }: { facts: Facts }) {
  const { config, wallet, tx, vault, chain, node } = usePage();
  const unit = config.denom;
  const [text, setText] = useState('');
  const parsed = parseAmount(text, unit.decimals);
  const tokens = 'tokens' in parsed ? parsed.tokens : null;
  const settled = useSettled(tokens, 250);
  const refusal = tokens === null ? null : findRefusal(facts.doors, tokens);
  const isShort = tokens !== null && facts.spendable !== null && tokens > facts.spendable;
  const kept = feeFor(LATER_GAS, config.gasPrice);
  const most = facts.spendable === null ? null : maxDeposit(facts.spendable, feeFor(DEPOSIT_GAS, config.gasPrice), kept);
  const key = wallet.key;
  const preview = useLoaded<Preview | null>(async () => {
    if (settled === null) return null;
    const shares = await vault.previewDeposit(settled);
    const fee = key === null || isShort ? null : await estimateFee(settled, shares);
    return { tokens: settled, shares, fee, ...tellGains(facts.network, settled) };
  }, [settled, key?.bech32Address]);

  /** Null where the chain would refuse it: why is told when it is sent. */
  async function estimateFee(amount: bigint, shares: bigint): Promise<bigint | null> {
    if (key === null) return null;
    const account = await chain.account(key.bech32Address);
    if (account === null) return null;
    const call = depositCall(amount, unit.base, leastOf(shares, TOLERANCE_BPS));
    const whole = { sender: key.bech32Address, contract: vault.address, ...call };
    try {
      return feeFor(await estimateGas(chain, key.pubKey, [whole], account.sequence), config.gasPrice);
    } catch {
      return null;
    }
  }

  const shown = preview.data?.tokens === tokens ? preview.data : null;
  let problem: string | null = null;
  if (facts.spendable === 0n) problem = words.noCoins;
  else if (isShort) problem = words.notEnough(showAmount(facts.spendable ?? 0n, unit));
  else if (refusal) problem = tellRefusal(refusal, unit);
  else if (shown?.shares === 0n) problem = texts.refusals.noShare;
  const isBusy = tx.step !== null;
  const isReady = tokens !== null && shown !== null && problem === null && key !== null && !isBusy && !isSigningOff(node, config);

  useEffect(() => {
    if (tx.act === 'deposit' && tx.outcome?.kind === 'done') setText('');
  }, [tx.outcome]);

  return (
    <form
      class="two"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || tokens === null || shown === null) return;
        void tx.run('deposit', depositCall(tokens, unit.base, leastOf(shown.shares, TOLERANCE_BPS)));
      }}
    >
      <div class="card">
        <AmountField
          id="amount"
          label={words.amount}
          symbol={unit.symbol}
          text={text}
          parsed={parsed}
          problem={problem}
          hint={
            most === null || facts.spendable === null
              ? texts.wallet.disconnected
              : `${words.balance(showAmount(facts.spendable, unit))} ${words.maxNote(showAmount(kept, unit))}${
                  facts.locked > 0n ? ` ${texts.locked(showAmount(facts.locked, unit))}` : ''
                }`
          }
          all={words.max}
          disabled={isBusy}
          onText={setText}
          onAll={most === null || most === 0n ? null : () => setText(plainAmount(most, unit.decimals))}
        />
        {key === null ? (
          <button type="button" class="button" disabled={wallet.isConnecting} onClick={() => void wallet.connect()}>
            {wallet.isConnecting ? texts.wallet.connecting : texts.wallet.connect}
          </button>
        ) : (
          <button type="submit" class="button" disabled={!isReady}>
            {tokens === null ? words.submitEmpty : words.submit(showAmount(tokens, unit))}
          </button>
        )}
        <TxStatus
          acts={['deposit']}
          done={(_, { events }) => {
            const value = (name: string) => BigInt(attribute(events, 'wasm-vault/deposited', name) ?? '0');
            return (
              <>
                {words.done(showAmount(value('tokens'), unit), showAmount(value('shares'), facts.shareUnit))}{' '}
                <a href="#/position">{words.seePosition}</a>
              </>
            );
          }}
        />
      </div>
      <Review facts={facts} preview={shown} error={preview.error} />
    </form>
  );
}

function Review({ facts, preview, error }: { facts: Facts; preview: Preview | null; error: string | null }) {
  const { config, wallet } = usePage();
  const unit = config.denom;
  const show = (tokens: bigint | undefined, of: Unit) => (tokens === undefined ? '–' : showAmount(tokens, of));
  return (
    <section class="card" aria-live="polite">
      <h2>{words.review}</h2>
      {error && <p class="notice bad">{error}</p>}
      <dl>
        <dt>{words.pay}</dt>
        <dd>{show(preview?.tokens, unit)}</dd>
        <dt>{words.get}</dt>
        <dd>
          {show(preview?.shares, facts.shareUnit)}
          {preview && (
            <>
              {' '}
              {words.least} {showAmount(leastOf(preview.shares, TOLERANCE_BPS), facts.shareUnit)}
            </>
          )}
        </dd>
        <dt>{words.goesTo}</dt>
        <dd translate={false}>
          {preview === null && '–'}
          {preview?.goesTo.length === 0 && words.goesToNothing}
          {preview?.goesTo.map((name, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <bdi>{name}</bdi>
            </span>
          ))}
          {preview && preview.others > 0 && ` ${words.more(preview.others)}`}
        </dd>
        <dt>{words.effect}</dt>
        <dd>
          {preview?.effect ? words.effectText(showDecimal(preview.effect.before, 6), showDecimal(preview.effect.after, 6)) : '–'}
        </dd>
        <dt>{words.fee}</dt>
        <dd>{preview?.fee == null ? words.feeUnknown : showAmount(preview.fee, unit)}</dd>
        <dt>{texts.wallet.signsAs}</dt>
        <dd translate={false}>
          <code>{wallet.key?.bech32Address ?? '–'}</code>
        </dd>
        <dt>{words.back}</dt>
        <dd>{words.backText(daysOf(facts.network.config.unbonding_time))}</dd>
      </dl>
    </section>
  );
}

/** The validators that would have more of the vault, most first, by name; and what that does to the chain. */
function tellGains(network: NetworkFacts, tokens: bigint): Pick<Preview, 'goesTo' | 'others' | 'effect'> {
  try {
    const answer = computeNetwork(network, tokens);
    const gains = answer.deposit?.gains ?? [];
    const labels = tellApart(namesOf(network));
    const goesTo = gains.slice(0, NAMED).map(({ validator }) => labels.get(validator) ?? shortAddress(validator));
    const after = answer.deposit?.here.effective;
    const effect = after === undefined ? null : { before: effectiveWhenPlaced(network, answer.with) ?? answer.with.effective, after };
    return { goesTo, others: gains.length - goesTo.length, effect };
  } catch {
    return { goesTo: [], others: 0, effect: null };
  }
}
