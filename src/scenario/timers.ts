/** How real time is waited for. Tests bring their own. */
export interface Timers {
  /** @param signal ends the wait early: the clock of the world went on meanwhile */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** Call back after a while; the answer calls it off. It keeps no process alive. */
  after(milliseconds: number, callback: () => void): () => void
}

/** No timer of JavaScript waits longer. */
const LONGEST = 2 ** 31 - 1

export const realTimers: Timers = {
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, LONGEST))
      const end = () => {
        clearTimeout(timer)
        resolve()
      }
      signal?.addEventListener('abort', end, { once: true })
    }),
  after(milliseconds, callback) {
    const timer: unknown = setTimeout(callback, Math.min(milliseconds, LONGEST))
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref()
    return () => clearTimeout(timer as number)
  },
}
