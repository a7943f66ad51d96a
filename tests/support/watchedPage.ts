import type { ConsoleMessage, Page } from 'playwright-core'
import type { Browser } from './browser'

export interface Watched {
  readonly page: Page
  /** What no page of ours may do: errors, requests to others. */
  readonly complaints: readonly string[]
}

interface WatchOptions {
  readonly size?: { readonly width: number; readonly height: number }
  /** Errors of the console that the test asks for. */
  readonly isExpected?: (message: ConsoleMessage) => boolean
}

/** A World without a city says so by 404, and is asked again until it has one. */
export const hasNoCity = (message: ConsoleMessage): boolean => message.location().url.endsWith('/city')

/** A question that was refused is told by the screen that asked it. */
export const wasRefused = (message: ConsoleMessage): boolean => message.text().startsWith('Failed to load resource')

/** Opens `url` in a page of its own and notes what it complains of. */
export async function openWatched(
  { context }: Browser,
  url: string,
  { size, isExpected = hasNoCity }: WatchOptions = {},
): Promise<Watched> {
  const page = await context.newPage()
  if (size !== undefined) await page.setViewportSize(size)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message))
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (/^(https?|wss?):$/.test(asked.protocol) && asked.host !== new URL(url).host) complaints.push(request.url())
  })
  await page.goto(url)
  return { page, complaints }
}
