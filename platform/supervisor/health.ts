import { setTimeout as sleep } from 'node:timers/promises'

/** Address on which this machine reaches the server, whatever it is bound to. */
export function localAddress(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Is the server ready? */
export async function isReady(address: string, timeoutMs = 2000): Promise<boolean> {
  try {
    const response = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(timeoutMs) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** Polls until the server is ready; false when `signal` aborts or the time is over. */
export async function waitForReady(address: string, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const end = performance.now() + limitMs
  while (performance.now() < end && !signal.aborted) {
    if (await isReady(address)) return true
    await sleep(100, undefined, { signal }).catch(() => undefined)
  }
  return false
}
