// How long an answer is waited for.

/** Ends what is asked after so many milliseconds. Phones of some years ago have no `AbortSignal.timeout`. */
export function endAfter(milliseconds: number): AbortSignal {
  if ('timeout' in AbortSignal) return AbortSignal.timeout(milliseconds);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error(`no answer in ${milliseconds / 1000} s`)), milliseconds);
  return controller.signal;
}
