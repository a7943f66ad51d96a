import { setMaxListeners } from 'node:events'

/**
 * Aborts when one of the signals does. Not AbortSignal.any: that one is forgotten by the garbage collector while
 * only its listeners are left, and then nobody is told.
 */
export function eitherSignal(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController()
  // A World's signal has a listener for each of its feeds.
  setMaxListeners(0, controller.signal, ...signals)
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason)
    else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true })
  }
  return controller.signal
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Whether it has aborted by now: it may while something is awaited, which the compiler does not see. */
export const isAborted = (signal: AbortSignal): boolean => signal.aborted
