import pixelmatch from 'pixelmatch'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { z } from 'zod'
import type { BenchBrowser } from './browser'

const SIZE = { width: 1280, height: 720 }
const TILE = { width: 640, height: 360 }
const POLL_MS = 500

const Figures = z.object({
  firstPictureMs: z.number().optional(),
  settled: z.boolean(),
  drawn: z.number(),
  frames: z.array(z.number()),
  longestTaskMs: z.number(),
  calls: z.number(),
  triangles: z.number(),
  heapBytes: z.number(),
  life: z.number(),
})
export type SceneFigures = z.infer<typeof Figures>

/** What the page says of itself now; undefined before its first word. */
async function figuresOf(page: Page): Promise<SceneFigures | undefined> {
  const said = await page.locator('[data-testid="scene"]').getAttribute('data-figures', { timeout: 60_000 })
  return said === null ? undefined : Figures.parse(JSON.parse(said))
}

/** Waits until the page's figures are so. @throws after `limitMs` */
async function figuresWhen(page: Page, is: (one: SceneFigures) => boolean, limitMs: number): Promise<SceneFigures> {
  const until = performance.now() + limitMs
  for (;;) {
    const figures = await figuresOf(page)
    if (figures !== undefined && is(figures)) return figures
    if (performance.now() > until) throw new Error(`The scene did not get so far: ${JSON.stringify(figures)}`)
    await page.waitForTimeout(POLL_MS)
  }
}

export interface FlownScene {
  readonly firstPictureMs: number
  readonly frames: readonly number[]
  readonly last: SceneFigures
}

/** Opens the city, waits for it, and flies over it while movers step each second. */
export async function fly(browser: BenchBrowser, movers: number, seconds: number): Promise<FlownScene> {
  const page = await browser.open(`/dev/scene?world=live&movers=${movers}&fly`, SIZE)
  const { firstPictureMs } = await figuresWhen(page, (one) => one.firstPictureMs !== undefined, 240_000)
  await page.waitForTimeout(seconds * 1000)
  const last = (await figuresOf(page))!
  await page.close()
  // The first pictures compile what the later ones use.
  return { firstPictureMs: firstPictureMs!, frames: last.frames.slice(Math.floor(last.frames.length / 4)), last }
}

/** Share of the pixels that differ between one screen and four tiles of the same city at rest. */
export async function stitchedDifference(browser: BenchBrowser): Promise<number> {
  const whole = await restingPicture(browser, '', SIZE)
  const stitched = Buffer.alloc(whole.data.length)
  for (const [column, row] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const tile = await restingPicture(browser, `&tile=${column},${row}`, TILE)
    for (let y = 0; y < TILE.height; y++) {
      const to = ((row * TILE.height + y) * SIZE.width + column * TILE.width) * 4
      tile.data.copy(stitched, to, y * TILE.width * 4, (y + 1) * TILE.width * 4)
    }
  }
  const { width, height } = SIZE
  return pixelmatch(whole.data, stitched, undefined, width, height, { threshold: 0.1 }) / (width * height)
}

/** Decoded picture of a page. */
interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

const decodePng = (bytes: Buffer): Picture => PNG.sync.read(bytes)

async function restingPicture(browser: BenchBrowser, query: string, size: typeof SIZE): Promise<Picture> {
  const page = await browser.open(`/dev/scene?world=live${query}`, size)
  await figuresWhen(page, ({ settled, firstPictureMs }) => settled && firstPictureMs !== undefined, 300_000)
  const picture = decodePng(await page.screenshot())
  await page.close()
  return picture
}

/** Bytes of the heap after each of so many hangings of the whole city, with the hour of each. */
export async function heapOver(browser: BenchBrowser, switches: number): Promise<(readonly [number, number])[]> {
  const page = await browser.open('/dev/scene?world=live', TILE)
  await figuresWhen(page, ({ firstPictureMs }) => firstPictureMs !== undefined, 240_000)
  const heap: (readonly [number, number])[] = []
  for (let n = 1; n <= switches; n++) {
    await page.evaluate(() => window.dispatchEvent(new Event('scene-proof')))
    await figuresWhen(page, ({ life, firstPictureMs }) => life === n && firstPictureMs !== undefined, 120_000)
    heap.push(await page.evaluate(collected))
  }
  await page.close()
  return heap
}

/** In the page: hours since it was opened, and what the heap holds when all garbage is gone. */
function collected(): readonly [number, number] {
  const { gc } = globalThis as { gc?: () => void }
  gc?.()
  const { memory } = performance as { memory?: { usedJSHeapSize: number } }
  return [performance.now() / 3.6e6, memory?.usedJSHeapSize ?? Number.NaN]
}
