// What an account has: shares, and one row per withdrawal.
import { useEffect, useState } from 'preact/hooks';
import { exactAmount, fieldAmount, leastOf, parseAmount, showAmount, type Unit } from '../amounts';
import { attribute, sumAttribute } from '../node/chain';
import { useLoaded, useSettled } from '../loaded';
import { isSigningOff, usePage } from '../page';
import { AmountField } from '../parts/amount-field';
import { ConnectButton } from '../parts/connect-button';
import { Loading } from '../parts/loading';
import { Said } from '../parts/said';
import { isAddress } from '../names';
import { TxStatus } from '../parts/tx-status';
import { UnbookedNotice } from '../parts/unbooked-notice';
import { estimateFee } from '../tx/send';
import { daysOf } from '../times';
import { texts } from '../texts';
import type { ConfigResponse, PositionResponse } from '../vault/types';
import { TOLERANCE_BPS, withdrawCall } from '../vault/messages';
import { sumWithdrawals } from '../vault/withdrawals';
import { HistorySection } from './account-history';
import { GrowthSection } from './growth';
import { Withdrawals } from './withdrawals';

const words = texts.position;

interface Facts {
  /** Of the block, seconds. */
  time: number;
  position: PositionResponse;
  spendable: bigint;
  config: ConfigResponse;
  shareUnit: Unit;
}

/** `shown`: another's address to look at, or null for the wallet's. */
export function PositionScreen({ shown }: { shown: string | null }) {
  const { chain, vault, wallet, version, config, node } = usePage();
  const own = wallet.key?.bech32Address ?? null;
  const address = shown ?? own;
  // batches move with time: read anew every so many blocks
  const round = Math.floor((node.head?.height ?? 0) / 10);
  const facts = useLoaded<Facts | null>(async () => {
    if (address === null) return null;
    const [head, position, spendable, vaultConfig] = await Promise.all([
      chain.head(),
      vault.position(address),
      chain.spendable(address, config.denom.base),
      vault.config(),
    ]);
    return { time: head.time, position, spendable, config: vaultConfig, shareUnit: await vault.shareUnit(vaultConfig, config.denom.decimals) };
  }, [address], `${version} ${round}`);
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        {address === null && <p class="lead">{words.lead}</p>}
        {shown !== null && (
          <p>
            {words.of} <code translate={false}>{shown}</code>
          </p>
        )}
      </section>
      <UnbookedNotice after={texts.unbooked.position} />
      {address === null ? (
        <section class="card narrow">
          <p>{texts.wallet.disconnected}</p>
          <ConnectButton />
          <AddressForm />
        </section>
      ) : facts.data === null ? (
        <Loading of={facts} />
      ) : (
        <Position address={address} facts={facts.data} isOwn={address === own} />
      )}
    </>
  );
}

function AddressForm() {
  const { bech32Prefix: prefix } = usePage().config;
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const isGood = isAddress(text.trim(), prefix);
        setWrong(!isGood);
        if (isGood) location.hash = `#/position/${text.trim()}`;
      }}
    >
      <label for="address">{words.any}</label>
      <div class="input">
        <input
          id="address"
          autoComplete="off"
          spellcheck={false}
          value={text}
          aria-invalid={isWrong}
          aria-describedby="address-fault"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="second">
          {words.look}
        </button>
      </div>
      <p class="fault" id="address-fault" role="status">
        {isWrong && words.noAddress(prefix)}
      </p>
    </form>
  );
}

function Position({ address, facts, isOwn }: { address: string; facts: Facts; isOwn: boolean }) {
  const unit = usePage().config.denom;
  const { position, spendable, shareUnit } = facts;
  const shares = BigInt(position.shares);
  const { waiting, ready } = sumWithdrawals(position.withdrawals);
  const figures: [string, string, string][] = [
    ['shares', words.shares, showAmount(shares, shareUnit)],
    ['worth', words.worth, showAmount(BigInt(position.tokens), unit)],
    ['waiting', words.waiting, showAmount(waiting, unit)],
    ['ready', words.ready, showAmount(ready, unit)],
    ['wallet', words.wallet, showAmount(spendable, unit)],
  ];
  return (
    <>
      <section class="figures">
        <dl>
          {figures.map(([id, name, value]) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd id={id}>{value}</dd>
            </div>
          ))}
        </dl>
        {isOwn && shares === 0n && (
          <div class="card">
            <p>{position.withdrawals.length > 0 ? words.noneLeft : words.none}</p>
            <a class="button" href="#/deposit">
              {words.begin}
            </a>
          </div>
        )}
      </section>
      {/* one of the wallet's is not another's */}
      <TxStatus
        acts={isOwn ? ['withdraw', 'cancel', 'claim'] : []}
        done={(act, { events }) => {
          const read = (type: string, name: string) => attribute(events, `wasm-vault/${type}`, name) ?? '0';
          const tokens = (type: string, name: string) => exactAmount(BigInt(read(type, name)), unit);
          if (act === 'claim') return words.claimed(exactAmount(sumAttribute(events, 'wasm-vault/claimed', 'tokens'), unit));
          if (act === 'cancel') return words.cancelled(exactAmount(BigInt(read('withdrawal_cancelled', 'shares')), shareUnit));
          return words.withdraw.done(tokens('withdrawal_requested', 'tokens_preview'), read('withdrawal_requested', 'batch_id'));
        }}
      />
      {position.withdrawals.length > 0 && (
        <Withdrawals account={address} rows={position.withdrawals} config={facts.config} since={facts.time} isOwn={isOwn} />
      )}
      {isOwn && shares > 0n && (
        <section class="two">
          <WithdrawForm facts={facts} />
          <div class="card">
            <h2>{words.withdraw.how}</h2>
            <ol>
              {words.withdraw.steps(daysOf(facts.config.unbonding_time)).map((it) => (
                <li key={it}>{it}</li>
              ))}
            </ol>
          </div>
        </section>
      )}
      <GrowthSection />
      <HistorySection account={address} position={position} config={facts.config} shareUnit={shareUnit} />
    </>
  );
}

function WithdrawForm({ facts }: { facts: Facts }) {
  const { config, tx, vault, chain, node, wallet, version } = usePage();
  const { key } = wallet;
  const { shareUnit } = facts;
  const held = BigInt(facts.position.shares);
  const [text, setText] = useState('');
  const parsed = parseAmount(text, shareUnit.decimals);
  const shares = 'tokens' in parsed ? parsed.tokens : null;
  const settled = useSettled(shares, 250);
  const worth = useLoaded(async () => {
    if (settled === null || settled > held) return null;
    const tokens = await vault.worthOf(settled);
    const call = withdrawCall(settled, facts.config, leastOf(tokens, TOLERANCE_BPS));
    const fee = key === null ? null : await estimateFee(chain, config, key, [{ sender: key.bech32Address, contract: vault.address, ...call }]);
    return { shares: settled, tokens, fee };
    // what was refused because the vault has moved on is no ground for a second try
  }, [settled], version);
  const shown = worth.data?.shares === shares ? worth.data : null;
  let problem: string | null = null;
  if (shares !== null && shares > held) problem = words.withdraw.tooMany;
  else if (shown?.tokens === 0n) problem = texts.refusals.noShare;
  else if (worth.error !== null) problem = worth.error;
  const isBusy = tx.step !== null;
  const isReady = shown !== null && problem === null && !isBusy && !isSigningOff(node, config);
  useEffect(() => {
    if (tx.act === 'withdraw' && tx.outcome?.kind === 'done') setText('');
  }, [tx.outcome]);
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || shown === null) return;
        void tx.run('withdraw', withdrawCall(shown.shares, facts.config, leastOf(shown.tokens, TOLERANCE_BPS)));
      }}
    >
      <h2>{words.withdraw.title}</h2>
      <AmountField
        id="shares-field"
        label={words.withdraw.shares}
        symbol={shareUnit.symbol}
        text={text}
        parsed={parsed}
        problem={problem}
        hint={words.withdraw.have(exactAmount(held, shareUnit), showAmount(BigInt(facts.position.tokens), config.denom))}
        all={words.withdraw.all}
        disabled={isBusy}
        onText={setText}
        onAll={() => setText(fieldAmount(held, shareUnit.decimals))}
      />
      <Said
        of={shown && problem === null ? String(shown.shares) : null}
        text={shown ? words.withdraw.worth(showAmount(shown.tokens, config.denom), daysOf(facts.config.unbonding_time)) : ''}
      />
      {shown && problem === null && (
        <>
          <p id="withdraw-worth">{words.withdraw.worth(showAmount(shown.tokens, config.denom), daysOf(facts.config.unbonding_time))}</p>
          <p class="quiet">
            {texts.deposit.fee}: {shown.fee === null ? texts.deposit.feeUnknown : showAmount(shown.fee, config.denom)}. {texts.wallet.signsAs}{' '}
            <code translate={false}>{key?.bech32Address}</code>
          </p>
        </>
      )}
      <button type="submit" class="button" disabled={!isReady}>
        {words.withdraw.submit}
      </button>
    </form>
  );
}
