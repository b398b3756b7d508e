// Own coins and own stake over small validators, with the own keys and no vault.
import { loadClient } from '../modules';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { feeFor, fieldAmount, maxDeposit, parseAmount, showAmount } from '../amounts';
import { ChainError } from '../node/rest';
import { readStaking, readStakingParams, type StakingFacts } from '../node/staking';
import { useLoaded, useSettled } from '../loaded';
import { isSigningOff, tell, usePage } from '../page';
import { AmountField } from '../parts/amount-field';
import { ConnectButton } from '../parts/connect-button';
import { Loading } from '../parts/loading';
import { MetricsTable } from '../parts/metrics-table';
import { splitMessages, type Batch } from '../spread/batches';
import { readOwnFile, type ListKind, type OwnFile } from '../spread/list';
import { ListField } from '../spread/list-field';
import { useLists, type Lists } from '../spread/lists';
import { RunStatus } from '../spread/outcome';
import { computePlan, sumPlan, toMessages, type Plan } from '../spread/plan';
import { Review } from '../spread/review';
import { useRunner } from '../spread/run';
import { BlockedTable, labelsOf, LeftOutTable, OwnTable } from '../spread/tables';
import { Figures } from '../spread/figures';
import { daysOf } from '../times';
import { texts } from '../texts';
import { tellSimulation } from '../tx/judge';
import { estimateGas, priceOf } from '../tx/send';
import type { WalletKey } from '../wallet/wallet';

const words = texts.spread;
/** Gas that "max" keeps coins for: all messages of this time, and acts of later. */
const MAX_GAS = 20_000_000n;
/** Milliseconds until a node that is a block behind is asked again. */
const READ_AGAIN = 1_000;

/** `shown`: another's address to look at, or null for the wallet's. */
export function SpreadScreen({ shown }: { shown: string | null }) {
  const { chain, wallet, version, config } = usePage();
  const own = wallet.key?.bech32Address ?? null;
  const address = shown ?? own;
  const facts = useLoaded<StakingFacts | null>(async () => {
    if (address === null) return null;
    const [read] = await Promise.all([readStaking(chain, address, config.denom.base), loadClient()]);
    return read;
  }, [address], version);
  const days = useLoaded(async () => daysOf((await readStakingParams(chain)).unbondingSeconds), [chain]);
  const lists = useLists();
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead(days.data)}</p>
        {shown !== null && (
          <p>
            {words.of} <code translate={false}>{shown}</code>
          </p>
        )}
      </section>
      {address === null ? (
        <section class="card narrow">
          <p>{words.connect}</p>
          <ConnectButton />
        </section>
      ) : facts.data === null || lists.isReading ? (
        <Loading of={facts} />
      ) : (
        <SpreadForm facts={facts.data} reload={facts.reload} lists={lists} isOwn={address === own} />
      )}
    </>
  );
}

/** What is computed of a choice. */
type Computed = { plan: Plan } | { reason: string };

interface Costs {
  /** Of what. */
  asked: string;
  batches: Batch[];
  fee: bigint;
  reason: string | null;
}

/** What the chain is asked, in a text: the same again need not be asked. */
function tellAsked(plan: Plan, { bech32Address, isNanoLedger }: WalletKey): string {
  return JSON.stringify([bech32Address, isNanoLedger, plan.delegations, plan.redelegations]);
}

function SpreadForm(props: { facts: StakingFacts; reload: () => void; lists: Lists; isOwn: boolean }) {
  const { config, wallet, tx, chain, node, version } = usePage();
  const { lists, isOwn } = props;
  const unit = config.denom;
  const { run, start } = useRunner();
  const isRunning = run !== null && run.index !== null;
  // what was planned stays on the screen while it is carried out
  const frozen = useRef(props.facts);
  if (!isRunning) frozen.current = props.facts;
  const facts = frozen.current;
  // what was read before the last transaction is no ground for another
  const last = Math.max(tx.outcome?.kind === 'done' ? tx.outcome.result.height : 0, run?.results.at(-1)?.height ?? 0);
  const isOutdated = facts.head.height < last;
  useEffect(() => {
    if (!isOutdated) return undefined;
    const timer = setTimeout(props.reload, READ_AGAIN);
    return () => clearTimeout(timer);
  }, [isOutdated, facts]);

  const staked = useMemo(() => Array.from(facts.own.values()).reduce((sum, it) => sum + it, 0n), [facts]);
  const [text, setText] = useState('');
  const [isMoving, setMoving] = useState(staked > 0n);
  const [chosen, setChosen] = useState<ListKind | null>(null);
  const [file, setFile] = useState<OwnFile | { error: string } | null>(null);
  const { vault, shipped } = lists.read;
  const first: ListKind = vault.data ? 'vault' : shipped.data ? 'shipped' : 'file';
  const kind = chosen ?? first;
  const list = kind === 'file' ? (file && 'list' in file ? file.list : null) : lists.read[kind].data;

  const parsed = parseAmount(text, unit.decimals);
  const typed = 'tokens' in parsed ? parsed.tokens : 0n;
  const settled = useSettled(typed, 250);
  const computed = useMemo<Computed | null>(() => {
    if (list === null) return null;
    try {
      return { plan: computePlan(facts, list, settled, isMoving) };
    } catch (error) {
      return { reason: tell(error) };
    }
  }, [facts, list, settled, isMoving]);
  const plan = computed && 'plan' in computed ? computed.plan : null;
  const sums = plan && sumPlan(plan);
  const isSome = sums !== null && sums.delegated + sums.moved > 0n;

  const key = isOwn ? wallet.key : null;
  const asked = plan !== null && isSome && key !== null && !isOutdated ? tellAsked(plan, key) : null;
  const askedLast = useRef(asked);
  askedLast.current = asked;
  // what failed is tried again whenever the chain is read
  const hasFailed = useRef(false);
  const costs = useLoaded<Costs | null>(async () => {
    if (plan === null || key === null || asked === null) return null;
    const [account, price] = await Promise.all([chain.account(key.bech32Address), priceOf(chain, config)]);
    const most = key.isNanoLedger ? plan.most_messages_on_device : plan.most_messages;
    const messages = toMessages(plan, key.bech32Address, unit.base);
    try {
      const batches = await splitMessages(messages, most, facts.blockGas, (some) => {
        if (askedLast.current !== asked) throw new Error(texts.loading);
        return estimateGas(chain, key.pubKey, some, account?.sequence ?? 0n);
      });
      const fee = batches.reduce((sum, batch) => sum + feeFor(batch.gas, price), 0n);
      hasFailed.current = false;
      return { asked, batches, fee, reason: null };
    } catch (error) {
      hasFailed.current = true;
      const reason = error instanceof ChainError ? words.wouldFail(tellSimulation(error.message)) : tell(error);
      return { asked, batches: [], fee: 0n, reason };
    }
  }, [asked, hasFailed.current ? version : 0]);
  const cost = costs.data !== null && costs.data.asked === asked ? costs.data : null;

  const kept = feeFor(MAX_GAS, config.gasPrice);
  // fees are never paid with what still vests
  const most = facts.spendable < kept ? 0n : maxDeposit(facts.balance, kept, 0n);
  let problem: string | null = null;
  if (typed > facts.balance) problem = words.notEnough(showAmount(facts.balance, unit));
  else if (cost?.reason) problem = cost.reason;
  else if (cost && sums && (cost.fee > facts.spendable || cost.fee + sums.delegated > facts.balance)) {
    problem = words.noFee(showAmount(cost.fee, unit), showAmount(facts.spendable, unit));
  }
  let listProblem: string | null = null;
  if (kind === 'file') {
    if (file !== null && 'error' in file) listProblem = file.error;
    else if (vault.error !== null && file === null) listProblem = words.listUnread(vault.error);
  } else if (lists.read[kind].error !== null && list === null) {
    listProblem = kind === 'vault' ? words.listUnread(vault.error ?? '') : words.shippedUnread(shipped.error ?? '');
  }
  if (computed && 'reason' in computed) listProblem = words.impossible(computed.reason);

  const hasFault = 'fault' in parsed && parsed.fault !== 'empty';
  const isBusy = tx.step !== null || isRunning;
  const isReady =
    cost !== null && cost.batches.length > 0 && problem === null && !hasFault && settled === typed && !isBusy && !isSigningOff(node, config);
  const labels = useMemo(() => labelsOf(facts), [facts]);

  async function send() {
    if (!isReady || cost === null || plan === null) return;
    const wanted = settled;
    const unplaced = BigInt(plan.unplaced);
    const carried = await start(cost.batches);
    if (carried === null) return;
    // what is delegated already is not delegated once more
    const left = wanted > carried.delegated ? wanted - carried.delegated : 0n;
    setText(left === 0n || left === unplaced ? '' : fieldAmount(left, unit.decimals));
  }

  let hint: string = words.choose;
  if (computed && 'reason' in computed) hint = listProblem ?? '';
  else if (facts.balance === 0n && staked === 0n) hint = words.noStake;
  else if (plan && plan.blocked.length > 0) hint = words.nothingCan;
  else if (plan && (settled > 0n || isMoving)) hint = words.nothing;

  return (
    <>
      <Figures facts={facts} staked={staked} labels={labels} />
      <form
        class="two"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
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
              words.hint(showAmount(facts.balance, unit), showAmount(kept, unit)) +
              (facts.balance > facts.spendable ? ` ${words.vestingHint}` : '')
            }
            all={words.max}
            disabled={isBusy}
            onText={setText}
            onAll={most === 0n ? null : () => setText(fieldAmount(most, unit.decimals))}
          />
          <label class="choice">
            <input
              type="checkbox"
              id="move"
              checked={isMoving}
              disabled={isBusy || staked === 0n}
              aria-describedby="move-hint"
              onChange={(event) => setMoving(event.currentTarget.checked)}
            />
            {words.move}
          </label>
          <p class="quiet" id="move-hint">
            {words.moveHint}
          </p>
          <ListField
            kinds={lists.kinds}
            kind={kind}
            onKind={setChosen}
            onFile={(chosenFile) => {
              readOwnFile(chosenFile).then(setFile, (error: unknown) => setFile({ error: tell(error) }));
            }}
            problem={listProblem}
            told={plan && words.listed(plan.listed, plan.eligible)}
            disabled={isBusy}
          />
          {wallet.key === null ? (
            <ConnectButton />
          ) : (
            isOwn && (
              <button type="submit" class="button" disabled={!isReady}>
                {cost !== null && cost.batches.length > 1 ? words.submitMany(cost.batches.length) : words.submit}
              </button>
            )
          )}
          <RunStatus run={run} isOwn={isOwn} />
        </div>
        <Review
          plan={plan}
          facts={facts}
          cost={cost === null || cost.reason !== null ? null : { count: cost.batches.length, fee: cost.fee }}
          hint={hint}
        />
      </form>
      {plan !== null && plan.blocked.length > 0 && (
        <section>
          <BlockedTable plan={plan} labels={labels} />
        </section>
      )}
      {plan !== null && (
        <section>
          <OwnTable rows={plan.validators} labels={labels} />
        </section>
      )}
      {plan !== null && isSome && (
        <section>
          <MetricsTable
            id="spread-network"
            caption={words.network}
            columns={[words.networkColumns.now, words.networkColumns.then]}
            states={[plan.before, plan.after]}
          />
        </section>
      )}
      {plan !== null && <LeftOutTable plan={plan} labels={labels} />}
    </>
  );
}
