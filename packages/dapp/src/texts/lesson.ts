// The text of "How it works", with the numbers of the chain and the vault in it.
import { showCount } from '../locale';
import { link, prose, type Prose } from '../prose';
import { largest, many } from './words';

/** The numbers in it: counts, and shares as percentages. */
export interface LessonNumbers {
  chain: string;
  holders: number;
  third: number;
  twoThirds: number;
  effective: string;
  /** How many of equal size have a third. */
  evenThird: number;
  largest: { name: string | null; share: string };
  topTen: string;
  listed: number;
  eligible: number;
  /** The largest that get nothing. */
  topThird: number;
  vault: { holds: number; share: string; most: string; lossOfMost: string };
  unbondingDays: number;
  /** That a change waits at least: the time in which everybody can be out before it. */
  waitDays: number;
  ownerMoves: string;
  commission: string;
  fee: string;
  bounty: string;
  communityTax: string;
  /** Of a hundred in rewards, where a validator charges the most that the vault accepts. */
  leftOfHundred: string;
  selfLimit: string;
  doubleSign: string;
  downtime: string;
  window: number;
  mostMissed: string;
  jailMinutes: number;
  /** How many votes the owner needs; `key` where it is no contract, null where it counts in another way. */
  votes: { needed: number; total: number } | 'key' | null;
  /** Whether there is a guardian, and may use the brake. */
  brake: 'none' | 'ready' | 'on' | 'used';
}

export interface Section {
  /** Its anchor: lower letters. */
  id: string;
  title: string;
  body: (numbers: LessonNumbers) => Prose[];
  points?: (numbers: LessonNumbers) => Prose[];
  end?: (numbers: LessonNumbers) => Prose[];
}

const SECTIONS: Section[] = [
  {
    id: 'power',
    title: 'What can go wrong when few hold the power',
    body: (n) => [
      prose`A chain is run by people with servers. They are called validators. ${n.chain} has ${n.holders} of them. You can lock your coins behind one of them: this is called staking. You earn rewards for it. The validator gets a vote, which grows with all the coins behind it. So it counts where your coins are.`,
      prose`The largest is ${{ name: n.largest.name }}, with ${n.largest.share} of all stake. The ten largest hold ${n.topTen}. Power is as uneven as if there were only ${n.effective} of the same size.`,
    ],
    points: (n) => [
      prose`They can halt it. No new block can be made without those who hold a third. Here that takes ${n.third}. They may all be hacked, fail on the same day, or be told by a court to stop.`,
      prose`They can shut you out. Whoever makes a block picks what goes into it. A third that acts as one can turn down each block with your payment in it.`,
      prose`They can take it over. Two thirds decide what is true on the chain. Here that takes ${n.twoThirds}. Stake also votes on the rules, so a few can bend them their way.`,
    ],
    end: () => [prose`${link('network', 'See who holds the power now')}`],
  },
  {
    id: 'bigger',
    title: 'Why bigger is not better',
    body: () => [
      prose`Most lists show the largest first. So most people pick from the top, and the top grows. But a large one does nothing more for you.`,
    ],
    points: (n) => [
      prose`It does not pay more. Rewards are shared by stake. At the same fee, ten coins earn the same with the largest as with the smallest.`,
      prose`It is not safer. If it breaks the rules, you lose the same part of your coins: ${n.doubleSign} for the worst fault.`,
      prose`It does not need you. Your coins at the top make the chain weaker. With a small one they make it stronger.`,
      prose`There is one thing to watch. A small one may be run by one person, and can fail or stop. So use many, and look at how they do.`,
    ],
  },
  {
    id: 'choose',
    title: 'How to choose a validator yourself',
    body: () => [prose`You do not need this vault for it. Ask this of each one, and choose more than one:`],
    points: (n) => [
      prose`Is it active? One that is jailed, or too small to be in the set, earns you nothing.`,
      prose`Is it outside of the top ${n.third}? Those can halt the chain as it is.`,
      prose`What does it charge? It keeps a part of your rewards. Be wary of zero: such a server costs money, and the charge can go up later.`,
      prose`Does it miss blocks? Some are missed by all. Many missed blocks mean poor care.`,
      prose`Who runs it, and where? No chain can show this. Look at its own site. If many use the same data centre, they fail on the same day.`,
      prose`Does it vote on the rules of the chain, and say why? It votes with your stake if you do not.`,
    ],
    end: () => [prose`${link('spread', 'Spread your own stake')}`, prose`${link('defenders', 'Meet the validators of the vault')}`],
  },
  {
    id: 'vault',
    title: 'How the vault chooses',
    body: (n) => [
      prose`The vault has a list of ${n.listed} validators. Its owner wrote it. From there on a fixed rule decides, and nobody picks where your coins go. ${n.eligible} of the list may get stake now.`,
      prose`These rules hold:`,
    ],
    points: (n) => [
      prose`Some get nothing: those that are jailed or not active, those that charge more than ${n.commission}, and those that leave the list.`,
      prose`The top gets nothing either. The ${n.topThird} largest, which hold a third without the vault, are left out. One that was among them waits until it is well below.`,
      prose`The smallest come first. The rule lifts the smallest until they are level with the next, and so on.`,
      prose`No one gets too much. Limits cap what one validator, one company or one country can have. You see them below.`,
      prose`When stake on the chain moves, the vault moves too: a little at a time, so that nothing jumps.`,
    ],
    end: () => [prose`${link('deposit', 'See where your coins would go')}`],
  },
  {
    id: 'begin',
    title: 'How to begin',
    body: () => [prose`You need a wallet, and some coins of this chain. Put in a little first, and see how it goes.`],
    points: (n) => [
      prose`Get a wallet: Keplr, or one that works in the same way. It is a part that you add to your browser. On a phone, open this page in the wallet's own browser.`,
      prose`The wallet gives you a list of words. Write them on paper, and show them to no one.`,
      prose`Get coins of ${n.chain}, most easily where coins are traded, and send them to the address in your wallet. Leave some there, since each act costs a small fee.`,
      prose`Say here how much you want to put in. You see what it does before you sign. Your wallet then asks you once more.`,
      prose`From then on this page shows what you have, and what it has become. You need not do a thing.`,
    ],
    end: () => [prose`${link('deposit', 'Put in your first coins')}`],
  },
  {
    id: 'fees',
    title: 'What it costs',
    body: () => [
      prose`You pay out of rewards, and never out of what you put in. From each 100 coins that your stake earns, this is taken in turn:`,
    ],
    points: (n) => [
      prose`The chain takes ${n.communityTax} for its own pool. All who stake pay this.`,
      prose`The validator keeps its charge. The vault takes none that charges more than ${n.commission}.`,
      prose`The vault takes ${n.fee} of the rest. Of this, ${n.bounty} goes to whoever starts its jobs, so that they get done.`,
      prose`New rewards enter the worth of shares bit by bit. When you leave, the part that is not in yet stays with the others.`,
    ],
    end: (n) => [
      prose`So about ${n.leftOfHundred} of the 100 are left for you, if a validator charges the most that the vault takes. They are staked again for you. Each time you sign, the chain asks for a small fee as well. Your wallet shows it first.`,
    ],
  },
  {
    id: 'slashing',
    title: 'How stake can be lost',
    body: () => [
      prose`A validator that breaks the rules is punished. The chain burns a part of all coins staked with it, so yours too. This is called a slash.`,
    ],
    points: (n) => [
      prose`It signs two blocks where one is due: ${n.doubleSign} is burnt, and it is out for good.`,
      prose`It is away: if it misses more than ${n.mostMissed} of ${showCount(n.window)} blocks, ${n.downtime} is burnt. It can come back after ${n.jailMinutes} minutes.`,
    ],
    end: (n) => [
      prose`To spread your coins helps here. The vault is with ${n.vault.holds} now, and the most with one is ${n.vault.most}. If that one signed twice, all in the vault would lose ${n.vault.lossOfMost} of their stake. With that one alone you would lose ${n.doubleSign}. But more validators also mean more of them that can fail: small losses come more often, and a large one is less likely.`,
    ],
  },
  {
    id: 'leaving',
    title: 'How you get your coins back',
    body: (n) => [
      prose`Staked coins are locked. When you ask for them, the chain holds them for ${n.unbondingDays} days first. This is called unbonding. They earn nothing in that time, and a slash can still hit them. No one can cut this short, and the vault cannot either.`,
      prose`The vault serves requests in groups, one after the other. So it can take some days more than with a validator of your own, and more again when many leave at the same time. You see two dates from the first day on: the likely one, and the latest. You can change your mind until your group is served.`,
    ],
    end: () => [prose`${link('position', 'See what is yours, and ask for it')}`],
  },
  {
    id: 'control',
    title: 'Who can change what',
    body: (n) => [
      tellOwner(n.votes),
    ],
    points: (n) => [
      prose`At once, it can do what makes the vault safer: take a validator off the list, make a limit tighter, lower the fee.`,
      prose`What could harm you must wait for ${n.waitDays} days: a new name on the list, a higher limit or fee, new code. You see it as soon as it is planned. If you do not like it, you can be out by then.`,
      prose`It can name a new owner at once, too. The same rules bind that one.`,
      prose`In that time its acts can move ${n.ownerMoves} of the vault's stake at most, and only to names that are on the list, or to rest.`,
      prose`With the code as it is, it cannot take your coins, and cannot stop you from leaving. New code could do both. If new code is planned that no one can explain to you, leave in time.`,
      BRAKES[n.brake],
      prose`The vault has no vote on the rules of the chain. While your coins are in it, the validators vote with them, and you cannot vote yourself.`,
    ],
    end: () => [prose`${link('governance', 'See what is planned, and who decides')}`],
  },
  {
    id: 'risks',
    title: 'What can go wrong with the vault itself',
    body: () => [prose`You take on new risks here that you do not have when you stake by yourself. There is no insurance. Do not put in what you cannot bear to lose.`],
    points: (n) => [
      prose`The code may have a fault. It is open and has many tests, but no outside firm has checked it. A fault could cost all that is in it.`,
      prose`The list may be poor. Its owner may add bad names, or friends. The limits bound the harm, and do not rule it out.`,
      prose`The chain stands above the vault. Its own vote can change or freeze any code on it.`,
      prose`Someone must start the vault's jobs. Anyone can, and gets a part of the fee for it. If no one does, rewards and exits wait.`,
      prose`A slash is shared by all in the vault, at any of its validators.`,
      prose`The vault could grow too large itself. At ${n.selfLimit} of all stake it takes no more coins. Now it has ${n.vault.share}.`,
    ],
  },
  {
    id: 'safety',
    title: 'Whom to trust with your keys',
    body: () => [
      prose`With no one. Your wallet has a list of words, the seed phrase. Anyone who knows it has all your coins. No one who means well will ever ask for it: not this page, not your wallet's help desk, not a friend of the project.`,
    ],
    points: () => [
      prose`We will not write to you first. Anyone who does, and offers help, is a thief.`,
      prose`Look at the address of this page before you connect. Copies look the same.`,
      prose`Read what your wallet shows before you sign. The text there counts, not the text here.`,
      prose`To look around, you need no wallet at all.`,
    ],
  },
];

function tellOwner(votes: LessonNumbers['votes']): Prose {
  if (votes === null) return prose`The vault has an owner. It should be a group in which many must agree. This page cannot see whether it is.`;
  if (votes === 'key') return prose`The vault is owned by one key. Who has that key decides alone, and a thief needs to steal no more than that. It should be a group in which many must agree.`;
  if (votes.needed <= 1) return prose`The vault is owned by a group, but one vote is enough. So each of its members decides alone.`;
  return prose`The vault is owned by a group. ${votes.needed} of its ${votes.total} votes must agree before it can act.`;
}

/** What the guardian can do now. */
const BRAKES: Record<LessonNumbers['brake'], Prose> = {
  none: prose`There is no guardian who could stop new coins when something looks wrong. The owner has named none.`,
  ready: prose`A guardian has a brake. It stops new coins and moves of stake for a short time, and can call off a change that waits. You can leave all the same.`,
  on: prose`A guardian has a brake, and it is on now. No coins come in, and the vault moves no stake by choice. You can leave all the same. The brake ends by itself.`,
  used: prose`A guardian has a brake, and has used it. Until the owner gives it back, it cannot stop new coins again. It can still call off a change that waits.`,
};

const WORDS: [string, string][] = [
  ['Stake', 'Coins that are locked to back a validator. They give it votes, and earn rewards for you.'],
  ['Validator', 'A server that makes and checks blocks, and the people who run it.'],
  ['Operator', 'Whoever runs a validator. One operator may run more than one.'],
  ['Delegate', 'To stake your coins with a validator. They stay yours.'],
  ['Commission', 'The part of your rewards that a validator keeps.'],
  ['Active', 'Of a validator: large enough to be in the set that makes blocks now. It is also called bonded.'],
  ['Jailed', 'Shut out of that set after a fault, until the operator asks to be let in.'],
  ['Slash', 'To burn a part of the stake of a validator that broke the rules.'],
  ['Unbonding', 'The wait until coins that were staked are free.'],
  ['Vault', 'The code on the chain that holds the stake of many people, and spreads it by a fixed rule.'],
  ['Share', 'Your part of the vault. Rewards make it worth more, and a slash makes it worth less.'],
  ['Batch', 'The requests to leave that the vault serves as one group.'],
  ['Cap', 'The most that one validator, or one group of them, can get.'],
  ['Nakamoto number', 'How many of the largest it takes to hold a third of all stake: so many can halt the chain.'],
  ['Effective number', 'How many validators of the same size would be as even as the real ones are.'],
  ['Guardian', 'Whoever may stop deposits for a short time when something looks wrong, and can do nothing else to your coins.'],
  ['Epoch', 'The time in which the vault may move a small part of its stake, and no more.'],
  ['Multisig', 'An account that acts only when enough of its members agree.'],
  ['Seed phrase', 'The words from which a wallet makes your keys. Anyone who has them has your coins.'],
];

export const lesson = {
  title: 'How it works',
  replaceable:
    'This vault is not as told here: somebody may replace its code at any moment, and no wait protects you. Do not deposit.',
  lead: 'What staking does to a chain, what can go wrong, and what this vault does about it. All numbers here are those of this chain, read just now.',
  contents: 'On this page',
  sections: SECTIONS,
  glossary: { id: 'words', title: 'Words', entries: WORDS },
  limits: {
    caption: 'The limits of the vault now',
    columns: { what: 'Who', most: 'At most' },
    rows: {
      vaultShare: "One validator, of the vault's stake",
      chainShare: 'One validator, of all stake on the chain',
      match: "The vault's part of one validator's stake",
      operator: "All of one operator, of the vault's stake",
      hosting: "All at one hosting company, of the vault's stake",
      jurisdiction: "All in one country, of the vault's stake",
    },
    none: 'no such limit',
    notInForce: (limit: string) => `${limit}, not in force`,
    floor: (part: string) => `Each one that may get stake gets at least ${part} of an equal split, if the limits let it. Which company and country a validator is of, the list says.`,
  },
  picture: {
    title: 'The same chain, as it is and if all were equal',
    summary: (third: number, even: number, holders: number) =>
      `As it is, ${largest(third)} a third of all stake. If all were equal, of ${many(holders, 'validator')} it would take ${even}.`,
    now: 'As it is',
    even: 'If all were equal',
    third: 'one third',
    table: 'The largest',
  },
};
