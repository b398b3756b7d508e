// What each screen is about, in a line: for search engines and previews of links.
export const DESCRIPTIONS: { network: string } & Partial<Record<string, string>> = {
  network: 'See who holds the power on a proof-of-stake chain, and move your stake to small, independent validators.',
  deposit: 'Turn coins into shares of a vault that spreads your stake over small, independent validators.',
  position: 'See what your shares are worth, what is on its way back to you, and when it comes.',
  'how-it-works': 'What staking does to a chain, what can go wrong, and what the vault does about it, in plain words.',
  defenders: 'The validators that the vault stakes with: who they are, and why they get what they get.',
  spread: 'Plan how to spread your own stake over small validators, and see what it does to the chain.',
  governance: 'What is planned for the vault, who decides, and how to check its code.',
};
