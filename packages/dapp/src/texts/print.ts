// What stands on paper only.
export const print = {
  source: (address: string) => `Printed from ${address}`,
  vault: (address: string) => `Vault ${address}`,
};
