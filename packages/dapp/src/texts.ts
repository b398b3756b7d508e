// Every text of the page, in one place: another language is another file of this shape.
import { showCount } from './locale';
import { prose } from './prose';
import { DESCRIPTIONS } from './texts/descriptions';
import { history } from './texts/history';
import { governance } from './texts/governance';
import { LANGUAGE } from './texts/language';
import { lesson } from './texts/lesson';
import { operators } from './texts/operators';
import { print } from './texts/print';
import { largest, lower, many, plural, spell } from './texts/words';

const tellParts = (staked: string | null, moved: string | null): string =>
  [staked && `${staked} staked`, moved && `${moved} moved`].filter((it) => it).join(', ');

const effectOf = (before: string, after: string): string =>
  before === after
    ? `The effective number of validators stays at ${before}.`
    : `The effective number of validators goes from ${before} to ${after}. It says how many of equal size would share the power so: the higher, the better.`;

export const texts = {
  language: LANGUAGE,
  descriptions: DESCRIPTIONS,
  lesson,
  governance,
  operators,
  history,
  print,
  title: 'Decentralized Staking Defenders',
  brand: 'Defenders',
  /** For who hears of two links of that name. */
  brandOf: 'Defenders: the first screen',
  skip: 'Skip to the content',
  nav: {
    label: 'Screens',
    menu: 'Menu',
    network: 'Network',
    deposit: 'Deposit',
    spread: 'Spread',
    position: 'My position',
    defenders: 'Defenders',
    governance: 'Governance',
    'how-it-works': 'How it works',
  },
  loading: 'Reading the chain …',
  unread: (reason: string) => `This cannot be read now. ${reason}`,
  retry: 'Try again',
  endless: (rows: number) => `The vault’s list does not end: after ${many(rows, 'row')} the same come again, or more than any vault has.`,
  oddAnswer: (detail: string) => `The node answered with something that this page does not understand (${detail}).`,
  hostGone: (file: string, reason: string) => `A part of this page did not come from its host (${file}: ${reason}). It is asked for again.`,
  tooSlow: 'no answer in time',
  noVault: (address: string, reason: string) =>
    `What stands at ${address} does not answer as a vault of the Defenders. Do not deposit here. The chain says: ${reason}`,
  copy: {
    copy: 'Copy',
    of: (what: string) => `Copy ${what}`,
    done: 'Copied.',
    refused: (text: string) => `The browser does not allow it. Copy this: ${text}`,
  },
  footer: 'Nobody here will ever ask for your seed phrase. No outside firm has checked the code of this vault.',
  footerLink: 'What can go wrong',
  asOf: (height: number, time: string) => `Block ${showCount(height)}, ${time}`,
  banner: {
    gone: (reason: string) => `No node answers. What you see may be old. ${reason}`,
    old: (minutes: number) =>
      `The node's latest block is ${many(minutes, 'minute')} old by the clock of this machine. Either the node is behind or this clock is wrong. Signing is off until that is over.`,
    falling: 'The node went back to an older block. Signing is off until it catches up.',
    wrongChain: (found: string) => `The node is of another chain, ${found}. Signing is off.`,
  },
  network: {
    title: (count: number) =>
      `${spell(count)} ${plural(count, 'validator', 'validators')} ${plural(count, 'alone', 'together')} can halt this chain`,
    lead: (twoThirds: number) =>
      'Validators are the servers that make the blocks. Each has as much say as coins are staked with it. ' +
      `A third of all stake can stop the chain. Two thirds decide: here that takes ${lower(spell(twoThirds))}. ` +
      'The Defenders vault stakes your coins with small, independent validators, so that more of them have to agree.',
    /** Until the chain is read, or where it cannot be. */
    unread: {
      title: 'Who holds the power on this chain',
      lead: 'The Defenders vault stakes your coins with small, independent validators, so that no few of them decide for all.',
    },
    inShort: {
      title: 'What it means for you',
      points: (days: number, fee: string) => [
        `Your coins earn rewards, which are staked again for you. The vault keeps ${fee} of the rewards.`,
        `You can ask for your coins at any time. It takes ${many(days, 'day')}, and mostly some more.`,
        'You can lose coins: validators can break the rules, and code can have faults. No outside firm has checked it.',
      ],
    },
    call: 'Deposit coins',
    curve: 'Who holds the power',
    curveSummary: (third: number, twoThirds: number, holders: number, topTen: string) =>
      `Of ${many(holders, 'validator')} ${largest(third)} a third of all stake, ${largest(twoThirds)} two thirds, and the ten largest ${topTen}.`,
    curveX: 'validators, the largest first',
    curveY: 'part of all stake',
    oneThird: '1/3: can halt',
    twoThirds: '2/3: decides',
    numbers: 'With the vault, and without it',
    columns: { what: 'Measure', with: 'With the vault', without: 'Without it', here: 'In the vault', atTop: 'At the largest' },
    rows: {
      third: 'Validators that can halt the chain',
      twoThirds: 'Validators that decide',
      effective: 'Effective number of validators',
      top1: 'Stake with the largest',
      top10: 'Stake with the ten largest',
    },
    effective: (effective: string, holders: number) =>
      `The effective number: power is as uneven as if there were only ${effective} of equal size, and not ${holders}. The larger this number, the better.`,
    vaultPart: (part: string) => `The vault has ${part} at work.`,
    vaultRest: (part: string) => `${part} more of its stake is with validators that make no blocks now. It earns nothing, and counts for nothing here.`,
    operators: (count: number) =>
      `Counted by operator, as the list names them, ${lower(spell(count))} can halt it.`,
    effect: {
      title: 'What your stake does',
      slider: 'A deposit of',
      summary: (amount: string, now: string, here: string, atTop: string, name: string) =>
        prose`The effective number of validators is ${now} now. ${amount} more in the vault make it ${here}. The same at the largest validator, ${{ name }}, make it ${atTop}.`,
      heard: (amount: string, here: string, atTop: string) => `${amount}. Effective number ${here} with the vault, ${atTop} at the largest.`,
      moving: (placed: string) => `The vault still moves stake: without any deposit that alone makes it ${placed}.`,
      caption: (amount: string) => `The chain after ${amount} more`,
      failed: (reason: string) => `The effect cannot be computed: ${reason}`,
      unplaced: (amount: string) => `The limits of the listed validators leave no room for ${amount}: so much would wait in the vault.`,
    },
    table: (symbol: string) => `All validators, the largest first, amounts in ${symbol}`,
    tableColumns: { rank: 'Rank', name: 'Validator', stake: 'Stake', share: 'Share', sum: 'Together', vault: "The vault's part" },
    showAll: (count: number) => `Show all ${count}`,
    vaultBelow: (count: number) => `The vault has stake with ${many(count, 'validator')}, all of them further down.`,
    csv: 'Save as CSV',
    noName: '(no name)',
    method: 'How this is counted',
    methodText:
      'Counted are the active validators: those that make blocks now. A validator counts as one even where somebody runs several: who is behind an operator, and where the machines stand, no chain can show. The effective number is the square of all stake over the sum of the squares. All of it is computed on this page by the same code that the vault runs.',
  },
  wallet: {
    connect: 'Connect wallet',
    connecting: 'Waiting for the wallet …',
    none: 'No wallet was found in this browser. Install Keplr, or one with the same interface, and load the page again. On a phone, open this page in the browser of the wallet. Reading works without.',
    refused: 'The wallet did not connect. Nothing has changed.',
    silent: 'The wallet has not answered yet. Look for its window, or try again.',
    signsAs: 'Signs as',
    disconnected: 'Connect a wallet to go on.',
    disconnect: 'Disconnect',
    noReason: 'it gave no reason.',
  },
  amountFaults: {
    empty: '',
    zero: 'More than zero, please.',
    not_a_number: 'Digits and one decimal point, as 12.5.',
    ambiguous: 'A mark before three digits can mean two things: add a zero, as 1.2500, or leave the mark out.',
    too_precise: 'That is finer than the smallest unit of this coin.',
    too_large: 'No chain has as many.',
  },
  deposit: {
    title: 'Deposit',
    lead: 'You get shares of the vault for your coins. The vault stakes the coins with small validators, and stakes what they earn as well.',
    amount: 'Amount',
    balance: (amount: string) => `You have ${amount}.`,
    max: 'Max',
    maxNote: (kept: string) => `Max leaves ${kept} in the wallet for fees, now and later.`,
    notEnough: (balance: string) => `You have ${balance}, less than that.`,
    noFee: (most: string) => `The network fee has to be paid too: at most ${most} can go in.`,
    noCoins: 'This account has no coins on this chain yet. Send some to it first.',
    submit: (amount: string) => `Deposit ${amount}`,
    submitEmpty: 'Deposit',
    review: 'What will happen',
    choose: 'Type an amount: then you see what it becomes, where it goes, and what it does to the network.',
    pay: 'You pay',
    get: 'You get about',
    least: 'and never less than',
    shareName: (symbol: string) => `${symbol} is what the vault’s shares are called.`,
    heard: (tokens: string, shares: string, least: string) => `For ${tokens} you get about ${shares}, and never less than ${least}.`,
    goesTo: 'It is meant for',
    goesSlowly: 'The vault places it there step by step. Until then it may lie in the vault, or with others on the list.',
    goesToNothing: 'Whoever has place first',
    more: (count: number) => `and ${count} more`,
    effect: 'For the network',
    effectText: (before: string, after: string) =>
      before === after
        ? `The effective number of validators stays at ${before}: this is too little to be seen in it. It says how many of equal size would share the power so: the higher, the better.`
        : effectOf(before, after),
    fee: 'Network fee',
    feeUnknown: 'Your wallet shows it before you sign',
    back: 'To get it back',
    backText: (days: number) =>
      `Ask for it at any time. Requests are served in groups, called batches. From when yours is sent the chain needs ${many(days, 'day')}. Where enough coins lie idle in the vault, it is sooner. When many leave at once, it is later. You see the likely date and the latest, and can cancel until the batch is sent.`,
    before: {
      title: 'Before you deposit',
      points: (days: number, fee: string) => [
        'You can lose coins. When a validator breaks the rules, the chain burns a part of its stake. All who are in the vault bear that.',
        'No outside firm has checked the code. A fault in it could cost all that is in the vault.',
        `Getting out takes time: the chain needs ${many(days, 'day')}, and some days pass before it is asked. Nobody can promise it sooner.`,
        `The vault keeps ${fee} of the rewards as its fee, and nothing of what you put in.`,
        'You have no vote on the rules of the chain with the coins that are in the vault.',
      ],
      more: 'What can go wrong, and what is done about it',
    },
    done: (tokens: string, shares: string) => `Done: ${tokens} became ${shares}.`,
    seePosition: 'See my position',
  },
  unbooked: {
    lost: (amount: string, part: string) =>
      `The chain has burnt ${amount} of the vault’s stake, ${part} of all that is in the vault. The vault has not counted this yet. It does when it next looks at the chain, at least once a day if somebody does its work.`,
    position: 'Until then it tells you that your shares are worth more than they are.',
    deposit: 'Until then shares cost more than they are worth. Wait with your deposit.',
  },
  refusals: {
    brake: (until: string) => `The guardian has closed deposits until ${until}, as it may for a short time when something looks wrong. Withdrawals go on.`,
    admin: 'Deposits are closed: the chain does not show that nobody but the vault itself can replace its code.',
    doubt: (since: string) =>
      `Since ${since} the vault is not sure how much stake it has. It takes no deposits until it has read the chain again.`,
    worthless: 'The vault has lost everything: its shares are worth nothing.',
    notReady: 'Deposits open once the vault has read its list of validators for the first time.',
    full: (capacity: string) => `The listed validators are full: together they take at most ${capacity}.`,
    room: (left: string) => `The listed validators take ${left} more, not as much as this.`,
    selfLimit: (share: string, limit: string) =>
      `With this the vault would have ${share} of all stake. It refuses from ${limit} on, so as not to become a danger itself.`,
    noShare: 'That is worth less than the smallest part of a share.',
  },
  spread: {
    title: 'Spread your stake yourself',
    lead: (days: number | null) =>
      'Without the vault: your coins and your stake go to small, independent validators, by the vault’s own rule. All of it stays yours, ' +
      `in your own account. Moved stake goes on earning, with no pause. One thing changes: it cannot be moved a second time for ${days === null ? 'some weeks' : `${many(days, 'day')}`}.`,
    connect: 'Connect a wallet to see your stake and what this would do with it.',
    of: 'What you see belongs to',
    figures: { coins: 'Coins you can spend', vesting: 'Coins locked by vesting', staked: 'Staked', back: 'On the way back to you' },
    backRow: (amount: string, name: string, time: string) => `${amount} from ${name}, with you on ${time}`,
    amount: 'Coins to stake (none is fine)',
    max: 'Max',
    hint: (all: string, kept: string) => `You have ${all}. Max leaves ${kept} in the wallet for fees, now and later.`,
    vestingHint: 'Coins locked by vesting can be staked. They cannot pay fees.',
    move: 'Also move the stake I have',
    moveHint: 'From validators that are too large, not on the list, or in trouble, to the small ones.',
    list: 'To which validators',
    lists: {
      vault: 'Those on the list of the vault',
      shipped: 'Those on the list that came with this page',
      file: 'Those in a file of mine',
    },
    file: 'File',
    fileHint: 'A text file: the word validator in the first line, then one operator address per line.',
    fileTooLarge: 'This file is too large to be a list.',
    listUnread: (reason: string) => `The vault’s list cannot be read here, so choose a file. ${reason}`,
    shippedUnread: (reason: string) => `The list that came with this page cannot be read: ${reason}`,
    listed: (listed: number, eligible: number) =>
      `${listed} ${plural(listed, 'validator is', 'validators are')} on it, ${eligible} of them can get stake now.`,
    review: 'What will happen',
    summary: (delegated: string | null, moved: string | null, validators: number) => {
      const to = `${validators} ${plural(validators, 'validator', 'validators')}`;
      const parts = [delegated && `you stake ${delegated} of your coins`, moved && `you move ${moved} of your stake`].filter((it) => it);
      const text = parts.join(' and ');
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}, to ${to}.`;
    },
    yours: 'It stays yours, under your own keys. No vault holds it. When a validator breaks the rules, a part of the stake with it is lost.',
    movedNote: (days: number) => `Moved stake goes on earning. It is then bound to its new validator, and cannot be moved on, for ${many(days, 'day')}.`,
    stakedNote: (days: number) => `To get staked coins back, you unstake them: that takes ${many(days, 'day')}.`,
    rewards: 'Rewards that wait with these validators are paid out at the same time.',
    effect: 'For the network',
    effectText: effectOf,
    signatures: 'You sign',
    signaturesText: (count: number, isLedger: boolean) =>
      count === 1
        ? 'One transaction'
        : `${spell(count)} transactions, one after the other${isLedger ? ', because your device takes only a few messages at a time' : ''}`,
    fee: 'Network fees, all together',
    feeWaiting: 'Being estimated …',
    feeUnknown: 'Estimated once a wallet is connected',
    nothing: 'Nothing to do: your stake is where the rule would put it.',
    nothingCan: 'Nothing can move now. The table below says why, and until when.',
    choose: 'Type an amount, or choose to move your stake.',
    noStake: 'This account has neither coins nor stake on this chain.',
    impossible: (reason: string) => `There is no plan: ${reason}`,
    noReason: (code: string) => `it gave no reason but a number (${code}).`,
    wouldFail: (reason: string) => `The chain would refuse it: ${reason}`,
    unplaced: (amount: string) => `The list has no place for ${amount}: no validator may get more than its cap. It stays with you.`,
    notEnough: (all: string) => `You have ${all}, fees not counted.`,
    noFee: (fee: string, spendable: string) => `The fees are ${fee}, and you have ${spendable} that can pay them.`,
    submit: 'Sign and spread',
    submitMany: (count: number) => `Sign ${many(count, 'transaction')}`,
    progress: (index: number, count: number) => `Transaction ${index} of ${count}`,
    stopped: (done: number, count: number, delegated: string | null, moved: string | null) =>
      `${done} of ${count} transactions went through: ${tellParts(delegated, moved)}. What is left is planned anew here: sign again to go on, or leave it.`,
    refusedLater: (index: number) => `You did not sign transaction ${index}, and it was not sent.`,
    done: (delegated: string | null, moved: string | null, rewards: string | null) =>
      `Done: ${tellParts(delegated, moved)}.` + (rewards ? ` ${rewards} of rewards came to your wallet.` : ''),
    blocked: 'Stake that cannot move now',
    blockedColumns: { validator: 'Stays with', tokens: 'Stake', why: 'Why', until: 'Free from' },
    why: {
      redelegation_locked: 'It was moved there not long ago. The chain does not let moved stake move on.',
      entries: 'Too many moves between the same two validators are under way.',
      no_destination: 'Every other validator on the list is at its cap.',
      max_moves: 'Too many moves at once. Spread once more afterwards.',
    },
    noDate: 'no date',
    own: 'Your stake, before and after',
    ownColumns: { validator: 'Validator', now: 'Now', then: 'After' },
    status: {
      bonded: 'active',
      unbonding: 'no longer active: earns nothing',
      unbonded: 'not active: earns nothing',
      jailed: 'jailed, so shut out after a fault: earns nothing',
      tombstoned: 'shut out for ever, for signing twice: earns nothing',
      unknown: 'not on this chain',
    },
    lockedUntil: (time: string) => `moved here lately: bound until ${time}`,
    twin: 'another validator has the same name: compare the address',
    left: 'Who on the list gets nothing, and why',
    leftColumns: { validator: 'Validator', why: 'Why' },
    exclusions: {
      not_listed: 'not on the list',
      tombstoned: 'shut out for ever, for signing twice',
      jailed: 'jailed',
      not_bonded: 'not active',
      unknown: 'not on this chain',
      commission_ceiling: 'may raise its commission too far',
      commission: 'charges a commission above 10 %',
      top_third: 'one of the largest, who hold a third of all stake',
    } as Record<string, string>,
    network: 'The chain, before and after',
    networkColumns: { now: 'Now', then: 'After' },
  },
  position: {
    title: 'My position',
    lead: 'What your shares are worth, what is on its way back to you and when it comes. Here you ask for your coins, too.',
    shares: 'Shares',
    worth: 'Redeemable now for',
    wallet: 'In the wallet',
    waiting: 'On the way back',
    ready: 'Ready to claim',
    none: 'This account has no shares yet.',
    noneLeft: 'This account has no shares now. What it asked for is below.',
    begin: 'Deposit',
    any: 'Or look at any address, without a wallet',
    look: 'Look',
    noAddress: (prefix: string) => `An address of this chain begins with ${prefix}1.`,
    of: 'What you see belongs to',
    withdraw: {
      title: 'Withdraw',
      shares: 'Shares',
      all: 'All',
      have: (shares: string, worth: string) => `You have ${shares}, worth ${worth} now.`,
      worth: (tokens: string, days: number) =>
        `Worth about ${tokens} now. The chain needs ${many(days, 'day')} for it, from when your batch is sent, and some days may pass before. The row then shows the likely date and the latest.`,
      submit: 'Withdraw',
      done: (tokens: string, batch: string) => `Asked for about ${tokens} back, in batch ${batch}.`,
      tooMany: 'You have fewer shares than that.',
      how: 'How it goes',
      steps: (days: number) => [
        'You ask for your coins. Your request waits for others, and you can cancel it. Until it is served your shares go on earning.',
        `Then the chain holds the coins for ${many(days, 'day')}. They earn nothing, and a slash can still take a part: a validator that breaks the rules loses stake.`,
        'After that they lie ready. Claim them when you like: they wait for you, and nothing can take a part any more.',
      ],
    },
    table: 'Withdrawals',
    columns: { batch: 'Batch', state: 'State', tokens: 'Amount', date: 'Paid', act: 'What you can do' },
    states: {
      open: 'Waiting for its batch',
      submitting: 'Being sent to the chain',
      unbonding: 'Held by the chain (unbonding)',
      claimable: 'Ready to claim',
    },
    estimate: (amount: string) => `about ${amount}`,
    notes: {
      estimate:
        'A batch is a group of requests that the vault serves at once. What is marked as "about" can fall: a validator that breaks the rules until then loses a part of its stake.',
      twoDates: 'Why there are two dates',
      likely: (days: number) =>
        `The first one is what to expect. It is the day on which your batch can be sent, and the ${many(days, 'day')} that the chain needs. Add some hours for the vault’s work. Where enough coins lie in the vault, they pay it at once.`,
      latest:
        'The latest one is the worst case. A validator lets the vault take stake back a few times only, until the first of them is through. When others leave with a lot, one batch after the other, yours may have to wait for that. Later than this it cannot be, while the chain works and somebody does the vault’s daily work. Anybody may.',
    },
    likely: (when: string) => `about ${when}`,
    latest: (when: string) => `at the latest ${when}`,
    soon: 'soon, with the vault’s next step',
    now: 'now',
    due: 'due: paid with the vault’s next step',
    inDays: (days: number) => (days <= 1 ? 'within a day' : `in ${many(days, 'day')}`),
    claim: 'Claim',
    claimOf: (batch: number) => `Claim the withdrawal of batch ${batch}`,
    cancel: 'Cancel',
    cancelOf: (batch: number) => `Cancel the withdrawal of batch ${batch}`,
    claimed: (tokens: string) => `Done: ${tokens} came back to the wallet.`,
    cancelled: (shares: string) => `Done: ${shares} are yours again.`,
  },
  tx: {
    preparing: 'Asking the chain what it will cost …',
    signing: 'Please look at your wallet, and sign there.',
    stop: 'Stop waiting',
    sending: 'Sending …',
    following: 'Sent. Waiting for a block to have it.',
    unknown: 'No block has it yet, and it may still come. Do not send it again: this page goes on asking.',
    expired: 'No block took it in time, and none can any more. Nothing was paid. You can try again.',
    displaced: (other: string) =>
      `It was not carried out, and nothing was paid for it: another transaction of this account came first (${other}). You can try again.`,
    notIndexed:
      'A block has a transaction of this account with that number, but the node cannot say what became of it. Look at your position before you send anything again.',
    refused: 'You did not sign. Nothing was sent, and your entries are still here.',
    failed: (reason: string) => `It failed, and nothing was done but the fee paid: ${reason}`,
    notTaken: (reason: string) => `The node did not take it, and nothing was paid: ${reason}`,
    noReason: (code: string) => `it gave no reason but a number (${code}).`,
    wouldFail: (reason: string) => `It would fail, so nothing was sent: ${reason}`,
    outOfGas: (used: string, wanted: string) => `it ran out of gas (${used} of ${wanted} used). Try again: the estimate is made anew.`,
    feeTooLow: (reason: string) => `the fee is below what the node asks for. Choose a higher one in the wallet. (${reason})`,
    feeBelow: (fee: string, least: string) =>
      `It was not sent, and nothing was paid: the fee is below what the node asks for. The wallet set ${fee}, the node asks for ${least}. Choose a higher fee in the wallet.`,
    notSigned: (reason: string) => `Nothing was sent. The wallet said: ${reason}`,
    notKept:
      'This browser keeps nothing for this page. Leave it open until the transaction is in a block, and do not load it again.',
    fee: (amount: string) => `Fee ${amount}.`,
    sequence: 'another transaction of this account came in between. Try again and sign anew.',
    funds: 'the account has too few coins for amount and fee.',
    noNode: (reason: string) => `Nothing was sent, because no node answers: ${reason}`,
    short: (needed: string, spendable: string) =>
      `Nothing was sent: with the fee it takes ${needed}, and this account has ${spendable}.`,
    elsewhere: { deposit: 'Deposit', withdraw: 'Withdrawal', cancel: 'Cancelling a withdrawal', claim: 'Claim', spread: 'Spread' } as Record<string, string>,
    isDone: 'It is done.',
    look: 'Look',
    otherAccount: (found: string) => `The wallet now signs as ${found}. Connect again.`,
    open: 'One transaction of this account is still open. Wait until it is known what became of it.',
    notFresh: 'The node is behind: signing is off.',
    hash: 'Transaction',
    block: (height: number) => `in block ${showCount(height)}`,
  },
  demo: {
    label: 'Demo wallet',
    mark: 'Demo wallet: devnet only, these keys are public.',
    account: 'Sign as',
    none: 'nobody, or my own wallet',
    question: (name: string) => `Sign this as ${name}?`,
    fee: 'Network fee',
    feeOf: (fee: string, gas: string) => `${fee}, for at most ${gas} gas`,
    memo: 'Note',
    sign: 'Sign',
    refuse: 'Refuse',
  },
  endpoint: {
    explain: 'This page reads the chain from these addresses, in this order. When one does not answer, the next is asked.',
    yours: '(your own)',
    inUse: '(read now)',
    age: (seconds: number) => (seconds < 90 ? `${many(seconds, 'second')} ago` : `${many(Math.floor(seconds / 60), 'minute')} ago`),
    own: 'Use a REST address of your own',
    use: 'Check and use',
    checking: 'Checking …',
    another: 'Use another node',
    ownInUse: 'Read first, because you chose it:',
    remove: 'Remove',
    plain: 'Give the address only: without user name, question mark or number sign.',
    otherChain: (found: string, wanted: string) => `That node is of the chain ${found}. This page is about ${wanted}.`,
    behind: (height: number, highest: number) =>
      `That node is at block ${showCount(height)}, and block ${showCount(highest)} was seen already: it is behind.`,
    old: (height: number, minutes: number) =>
      `That node is at block ${showCount(height)}, which is ${many(minutes, 'minute')} old by this machine's clock: it is behind.`,
    noAnswer: (reason: string) => `It was not used, because it does not answer as a node of this chain does: ${reason}`,
  },
  growth: {
    title: 'How a share has grown',
    plot: 'What a share was worth, day by day',
    none: (rate: string, symbol: string) =>
      `A share is worth ${rate} ${symbol}. The vault writes its rate down once a day, and has not done so yet: growth is shown from then on.`,
    since: (day: string, then: string, now: string, symbol: string, change: string) =>
      `On ${day} a share was worth ${then} ${symbol}, now it is worth ${now} ${symbol}: ${change}.`,
    over: (days: number, change: string) => `Over the last ${many(days, 'day')}: ${change}.`,
    more: (percent: string) => `${percent} more`,
    less: (percent: string) => `${percent} less`,
    same: 'no change',
    littleMore: 'less than 0.0001 % more',
    littleLess: 'less than 0.0001 % less',
    formula: (fee: string) =>
      `How it is counted: worth now, divided by worth then, less one. The vault's fee of ${fee} of rewards and all slashes are in it, the chain's fees for your own transactions are not. It tells what was. Nobody can tell what will be.`,
    table: 'Worth of a share',
    columns: { time: 'When', rate: (symbol: string) => `${symbol} for a share` },
    now: 'Now',
    showAll: (count: number) => `Show all ${many(count, 'day')}`,
    csv: 'Save rates as CSV',
  },
  accountHistory: {
    title: 'What this account did',
    table: 'History',
    empty: 'Nothing yet: no transaction between this account and the vault.',
    noIndex: 'This node keeps no list of past transactions, so history cannot be shown. What you have, above, is right all the same. Another node can be chosen at the foot of the page.',
    lacks: 'Something is missing: other people may have deposited for this account, or this node has forgotten old blocks.',
    lacksAll: 'Something is missing still: this node has forgotten old blocks. Rows marked "not explained" stand for it.',
    thorough: 'Search everything the vault ever did',
    columns: { time: 'When', kind: 'What', tokens: 'Coins', shares: 'Shares', fee: 'Network fee', tx: 'Transaction' },
    kinds: {
      deposit: 'Deposit',
      withdrawal_request: 'Asked for a withdrawal',
      withdrawal_cancel: 'Cancelled a withdrawal',
      claim: 'Withdrawal paid',
      shares_in: 'Shares came from',
      shares_out: 'Shares went to',
      seed: 'First coins of the vault',
      fee: 'Fee or bounty received',
      unexplained: 'Not explained by any transaction found',
    },
    batch: (id: number) => `(batch\u00a0${id})`,
    noTime: 'unknown',
    showAll: (count: number) => `Show all ${many(count, 'row')}`,
    csv: 'Save history as CSV',
    facts: (since: string, paidIn: string, cameBack: string, worth: string) =>
      `Since ${since} this account paid in ${paidIn}. ${cameBack} came back, and what is here or on its way is worth ${worth} now.`,
    gain: (amount: string) => `That is ${amount} more than was paid in, network fees aside.`,
    even: 'That is as much as was paid in, network fees aside.',
    loss: (amount: string) => `That is ${amount} less than was paid in, network fees aside.`,
  },
  withdrawalStates: {
    open: (days: number, next: string | null, isIdle: boolean) =>
      `Your shares wait in a batch with those of others. ${next === null ? '' : `It can be sent to the chain from ${next} on. `}${isIdle ? `Now enough coins lie in the vault to pay it then. If they are gone by then, the chain needs ${many(days, 'day')}.` : `Then the chain needs ${many(days, 'day')}.`} Until it is sent your shares go on earning, can lose by a slash, and you can cancel.`,
    submitting: (days: number, next: string | null) =>
      `The batch is being sent to the chain in pieces. ${next === null ? '' : `The next one can go from ${next} on. `}Each needs ${many(days, 'day')}. It cannot be cancelled any more.`,
    unbonding: (days: number, next: string | null) =>
      `The chain holds the coins for ${many(days, 'day')}. ${next === null ? '' : `They are free from ${next} on. `}They earn nothing now, and a slash can still take a part.`,
    claimable: () => 'The coins lie ready in the vault. They wait for you as long as you like, and nothing can take a part any more.',
  },
  calendar: {
    save: 'Calendar file',
    saveOf: (batch: number) => `Calendar file for the withdrawal of batch ${batch}`,
    likely: (tokens: string) => `Defenders: see whether about ${tokens} can be claimed`,
    summary: (tokens: string) => `Defenders: about ${tokens} can be claimed`,
    description: (batch: number, earliest: string, latest: string, address: string) =>
      `Your withdrawal of batch ${batch} is likely ready on ${earliest}, and on ${latest} at the latest. The amount can fall if a validator is slashed until then. Claim it here: ${address}`,
  },
  claimAll: {
    submit: (count: number, tokens: string) => `Claim all ${count} at once: ${tokens}`,
  },
  locked: (amount: string) => `${amount} more is locked by the chain for now: it cannot be deposited here.`,
} as const;
