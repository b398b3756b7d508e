// One transaction of an account at a time, over all tabs of the browser.

/**
 * Does it while no other tab does something under that name; null when one does. Where the browser has no locks (a page
 * without https) the account's number at the chain still lets only one through.
 */
export async function whileAlone<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? null : work()));
}
