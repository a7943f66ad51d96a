import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WallLayout } from '@/domain/wall/wallLayout'
import { startBelfry } from '@/tests/support/belfry'
import type { Belfry } from '@/tests/support/belfry'
import { openBrowser } from '@/tests/support/browser'
import type { Browser } from '@/tests/support/browser'
import { openDesk } from '@/tests/support/desk'
import type { TestDesk } from '@/tests/support/desk'
import { decodePng } from '@/tests/support/pixels'
import type { Picture } from '@/tests/support/pixels'
import { writePackage } from '@/workers/city/package/writePackage'
import { TINY_CENTRE, tinyCity } from '@/workers/city/tinyCity'

/** Two by two tiles; the same wall as one screen is the wall `whole`. Looked at from a desk, so that its type is small. */
const TILE = { tileWidth: 640, tileHeight: 360, bezelX: 0, bezelY: 0, pitch: 0.276, distance: 0.35 }
const TILES: WallLayout = { columns: 2, rows: 2, ...TILE }
const WHOLE: WallLayout = { columns: 1, rows: 1, ...TILE, tileWidth: 1280, tileHeight: 720 }
const CAMERA = { longitude: TINY_CENTRE[0], latitude: TINY_CENTRE[1], zoom: 15.2, pitch: 50, bearing: 20 }

/** A processor paints five walls one after the other. Milliseconds. */
const PATIENCE = 600_000

let belfry: Belfry
let browser: Browser
let desk: TestDesk
beforeAll(async () => {
  belfry = await startBelfry(['--no-exercise'])
  await writePackage(tinyCity(), { cities: join(belfry.var, 'cities'), stamp: 'test' })
  browser = await openBrowser()
  desk = await openDesk(belfry)
  await desk.setCity('live', 'tiny')
  await desk.layOut('main', TILES)
  await desk.layOut('whole', WHOLE)
  for (const wall of ['main', 'whole']) {
    await desk.steer(wall, { kind: 'world', world: 'live' })
    await desk.steer(wall, { kind: 'camera', camera: CAMERA })
  }
})
afterAll(async () => {
  await browser.close()
  await belfry.close()
})

async function openTile(name: string, width: number, height: number): Promise<Page> {
  const page = await browser.context.newPage()
  await page.setViewportSize({ width, height })
  await page.goto(`${belfry.address}/wall/${name}`)
  await page.locator('[data-testid="map"][data-city="true"]').waitFor({ timeout: 120_000 })
  await page.locator('canvas[data-settled="true"]').waitFor({ timeout: 120_000 })
  await page.waitForTimeout(1500) // labels stand on the finest ground half a second after it came
  return page
}

async function shotOf(name: string, width: number, height: number): Promise<Picture> {
  const page = await openTile(name, width, height)
  const picture = decodePng(await page.screenshot())
  await page.close()
  return picture
}

/** Only the map: clocks beside it go on between two pictures. Px of the whole wall. */
const MAP = { left: 310, top: 60, right: 845, bottom: 600 }

function crop({ data, width }: Picture): Buffer {
  const rows = Array.from({ length: MAP.bottom - MAP.top }, (_, y) => {
    const from = ((MAP.top + y) * width + MAP.left) * 4
    return data.subarray(from, from + (MAP.right - MAP.left) * 4)
  })
  return Buffer.concat(rows)
}

test(
  'four tiles make the same city as one screen of their size, with its light, names and scale',
  async () => {
    const whole = await shotOf('whole-1-1', 1280, 720)
    const stitched: Picture = { width: 1280, height: 720, data: Buffer.alloc(whole.data.length) }
    for (const [column, row] of [
      [1, 1],
      [2, 1],
      [1, 2],
      [2, 2],
    ] as const) {
      const tile = await shotOf(`${column}-${row}`, 640, 360)
      for (let y = 0; y < tile.height; y++)
        tile.data.copy(
          stitched.data,
          (((row - 1) * 360 + y) * 1280 + (column - 1) * 640) * 4,
          y * 640 * 4,
          (y + 1) * 640 * 4,
        )
    }
    const [width, height] = [MAP.right - MAP.left, MAP.bottom - MAP.top]
    const [one, four] = [crop(whole), crop(stitched)]
    const bright = one.filter((value, i) => i % 4 === 0 && value > 60).length
    expect(bright / (width * height), 'the city is in the picture').toBeGreaterThan(0.2)
    const different = pixelmatch(one, four, undefined, width, height, { threshold: 0.1 })
    expect(different / (width * height), 'stitchedPixelDifference').toBeLessThan(0.004)
  },
  PATIENCE,
)

test(
  'an act of steering is seen on two tiles within a second; a tile that starts again is where the others are',
  async () => {
    const tiles = [await openTile('1-1', 640, 360), await openTile('2-1', 640, 360)]
    const seen = tiles.map((page) =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const root = document.documentElement
            new MutationObserver(() => {
              if (root.dataset['theme'] === 'light') resolve(performance.timeOrigin + performance.now())
            }).observe(root, { attributes: true })
          }),
      ),
    )
    const began = performance.timeOrigin + performance.now()
    await desk.steer('main', { kind: 'theme', theme: 'light' })
    const late = (await Promise.all(seen)).map((at) => at - began)
    expect(Math.max(...late), `${late.map(Math.round).join(' and ')} ms`).toBeLessThan(1000)
    await tiles[1]!.reload()
    await tiles[1]!.locator('html[data-theme="light"]').waitFor({ timeout: 10_000 })
    await expect.poll(async () => (await desk.view('main')).screens.map(({ screen }) => screen)).toEqual(['1-1', '2-1'])
    for (const { beat } of (await desk.view('main')).screens) {
      expect(beat).toMatchObject({ world: 'live', width: 640, height: 360, faults: 0 })
    }
    for (const page of tiles) await page.close()
  },
  PATIENCE,
)

test('a tile that the layout does not have says so', async () => {
  const page = await browser.context.newPage()
  await page.goto(`${belfry.address}/wall/9-9?lang=zh`)
  await expect.poll(() => page.locator('body').textContent(), { timeout: 30_000 }).toContain('布局中没有这块屏')
  await page.close()
})
