// Coins into the vault.
import { loadAllocation } from '../modules';
import { useEffect, useState } from 'preact/hooks';
import { alignDecimal, exactAmount, feeFor, fieldAmount, leastOf, maxDeposit, parseAmount, showAmount, showPercent, type Unit } from '../amounts';
import { tellApart } from '../alike';
import { shortAddress } from '../names';
import { attribute } from '../node/chain';
import { computeNetwork, namesOf, readNetwork, type NetworkFacts } from '../network/network';
import { useLoaded, useSettled } from '../loaded';
import { isSigningOff, usePage } from '../page';
import { AmountField } from '../parts/amount-field';
import { ConnectButton } from '../parts/connect-button';
import { Loading } from '../parts/loading';
import { Said } from '../parts/said';
import { TxStatus } from '../parts/tx-status';
import { UnbookedNotice } from '../parts/unbooked-notice';
import { estimateFee } from '../tx/send';
import { daysOf } from '../times';
import { ROUTES } from '../routes';
import { texts } from '../texts';
import type { ConfigResponse } from '../vault/types';
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
  /** For which account, or nobody. */
  of: string | null;
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
    return { of: address, doors: { totals: network.totals, health, brake, now: head.time }, network, shareUnit, spendable, locked: max0(balance - (spendable ?? 0n)) };
  }, [address], version);
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
      </section>
      <UnbookedNotice after={texts.unbooked.deposit} />
      {facts.data === null ? <Loading of={facts} /> : <DepositForm facts={facts.data} />}
    </>
  );
}

const max0 = (amount: bigint) => (amount > 0n ? amount : 0n);

interface Preview {
  of: string | null;
  tokens: bigint;
  shares: bigint;
  fee: bigint | null;
  goesTo: string[];
  others: number;
  /** Effective numbers, null where they cannot be computed. */
  effect: { before: string; after: string } | null;
}

function DepositForm({ facts }: { facts: Facts }) {
  const { config, wallet, tx, vault, chain, node, version } = usePage();
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
    const call = depositCall(settled, unit.base, leastOf(shares, TOLERANCE_BPS));
    const fee =
      key === null || isShort
        ? null
        : await estimateFee(chain, config, key, [{ sender: key.bech32Address, contract: vault.address, ...call }]);
    return { of: key?.bech32Address ?? null, tokens: settled, shares, fee, ...tellGains(facts.network, settled) };
    // what was refused because the vault has moved on is no ground for a second try
  }, [settled, key?.bech32Address], version);

  const shown = preview.data?.tokens === tokens ? preview.data : null;
  const fee = shown?.fee ?? feeFor(DEPOSIT_GAS, config.gasPrice);
  let problem: string | null = null;
  if (facts.spendable === 0n) problem = words.noCoins;
  else if (isShort) problem = words.notEnough(exactAmount(facts.spendable ?? 0n, unit));
  else if (tokens !== null && facts.spendable !== null && tokens + fee > facts.spendable) {
    problem = words.noFee(exactAmount(max0(facts.spendable - fee), unit));
  } else if (refusal) problem = tellRefusal(refusal, unit);
  else if (shown?.shares === 0n) problem = texts.refusals.noShare;
  const isBusy = tx.step !== null;
  // until what is known of the account that was connected just now
  const isKnown = key !== null && facts.of === key.bech32Address;
  const isShown = isKnown && shown?.of === facts.of;
  const isReady = tokens !== null && isShown && problem === null && !isBusy && !isSigningOff(node, config);

  useEffect(() => {
    if (tx.act === 'deposit' && tx.outcome?.kind === 'done') setText('');
  }, [tx.outcome]);

  return (
    <form
      class="two reviewed"
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
              ? key === null
                ? texts.wallet.disconnected
                : texts.loading
              : `${words.balance(showAmount(facts.spendable, unit))} ${words.maxNote(showAmount(kept, unit))}${
                  facts.locked > 0n ? ` ${texts.locked(showAmount(facts.locked, unit))}` : ''
                }`
          }
          all={words.max}
          disabled={isBusy}
          onText={setText}
          onAll={most === null || most === 0n ? null : () => setText(fieldAmount(most, unit.decimals))}
        />
        {key === null ? (
          <ConnectButton />
        ) : (
          <button type="submit" class="button" disabled={!isReady}>
            {tokens === null ? words.submitEmpty : words.submit(exactAmount(tokens, unit))}
          </button>
        )}
        <TxStatus
          acts={['deposit']}
          done={(_, { events }) => {
            const value = (name: string) => BigInt(attribute(events, 'wasm-vault/deposited', name) ?? '0');
            return (
              <>
                {words.done(exactAmount(value('tokens'), unit), exactAmount(value('shares'), facts.shareUnit))}{' '}
                <a href="#/position">{words.seePosition}</a>
              </>
            );
          }}
        />
      </div>
      <Review facts={facts} preview={shown} error={preview.error} isEmpty={text.trim() === ''} />
      <Before config={facts.network.config} />
    </form>
  );
}

/** What whoever deposits takes on. */
function Before({ config }: { config: ConfigResponse }) {
  const { title, points, more } = words.before;
  return (
    <div class="card" id="before-deposit">
      <h2>{title}</h2>
      <ul>
        {points(daysOf(config.unbonding_time), showPercent(config.fee.performance_fee_rate)).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <a href={`${ROUTES['how-it-works']}/risks`}>{more}</a>
    </div>
  );
}

function Review({ facts, preview, error, isEmpty }: { facts: Facts; preview: Preview | null; error: string | null; isEmpty: boolean }) {
  const { config, wallet } = usePage();
  const unit = config.denom;
  const leastShares = preview === null ? '' : showAmount(leastOf(preview.shares, TOLERANCE_BPS), facts.shareUnit);
  return (
    <section class="card">
      <h2>{words.review}</h2>
      <Said
        of={preview && String(preview.tokens)}
        text={preview ? words.heard(exactAmount(preview.tokens, unit), showAmount(preview.shares, facts.shareUnit), leastShares) : ''}
      />
      {error && <p class="notice bad">{error}</p>}
      {isEmpty && <p class="quiet">{words.choose}</p>}
      <dl>
        {!isEmpty && (
          <>
            <dt>{words.pay}</dt>
            <dd>{preview === null ? '–' : exactAmount(preview.tokens, unit)}</dd>
            <dt>{words.get}</dt>
            <dd>
              {preview === null
                ? '–'
                : `${showAmount(preview.shares, facts.shareUnit)} ${words.least} ${leastShares}. ${words.shareName(facts.shareUnit.symbol)}`}
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
            {preview && preview.goesTo.length > 0 && <dd class="quiet">{words.goesSlowly}</dd>}
            <dt>{words.effect}</dt>
            <dd>
              {preview?.effect ? words.effectText(alignDecimal(preview.effect.before, 4), alignDecimal(preview.effect.after, 4)) : '–'}
            </dd>
          </>
        )}
        <dt>{words.fee}</dt>
        <dd>{preview?.fee == null ? words.feeUnknown : showAmount(preview.fee, unit)}</dd>
        {wallet.key && (
          <>
            <dt>{texts.wallet.signsAs}</dt>
            <dd translate={false}>
              <code>{wallet.key.bech32Address}</code>
            </dd>
          </>
        )}
        <dt>{words.back}</dt>
        <dd>{words.backText(daysOf(facts.network.config.unbonding_time))}</dd>
      </dl>
    </section>
  );
}

/**
 * The validators that would have more of the vault by this deposit, most first, by name; and what that does to the chain.
 * Beside a deposit of nearly nothing: what others have paid in, and the vault has not delegated yet, is not its doing.
 */
function tellGains(network: NetworkFacts, tokens: bigint): Pick<Preview, 'goesTo' | 'others' | 'effect'> {
  try {
    const [before, after] = [computeNetwork(network, 1n).deposit, computeNetwork(network, tokens).deposit];
    const others = new Map(before?.gains.map((it) => [it.validator, BigInt(it.tokens)]));
    const gains = (after?.gains ?? [])
      .map(({ validator, tokens: all }) => ({ validator, own: BigInt(all) - (others.get(validator) ?? 0n) }))
      .filter(({ own }) => own > 0n)
      .sort((a, b) => (a.own === b.own ? 0 : a.own > b.own ? -1 : 1));
    const labels = tellApart(namesOf(network));
    const goesTo = gains.slice(0, NAMED).map(({ validator }) => labels.get(validator) ?? shortAddress(validator));
    const effect = before && after ? { before: before.here.effective, after: after.here.effective } : null;
    return { goesTo, others: gains.length - goesTo.length, effect };
  } catch {
    return { goesTo: [], others: 0, effect: null };
  }
}
