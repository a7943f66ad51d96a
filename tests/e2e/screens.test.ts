import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnv } from '@/platform/env'
import { sendSignal } from '@/platform/shutdown'
import { startBelfry } from '@/tests/support/belfry'
import type { Belfry } from '@/tests/support/belfry'
import { openBrowser } from '@/tests/support/browser'
import type { Browser } from '@/tests/support/browser'
import { openWatched } from '@/tests/support/watchedPage'
import type { Watched } from '@/tests/support/watchedPage'
import { decodePng, isNear, spotsOf } from '@/tests/support/pixels'

let belfry: Belfry
let browser: Browser
beforeAll(async () => {
  belfry = await startBelfry()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await belfry.close()
})

const open = (path: string, size?: { width: number; height: number }): Promise<Watched> =>
  openWatched(browser, `${belfry.address}${path}`, size === undefined ? {} : { size })

/** The wall with its map drawn and at least one number that can be asked for its evidence. */
async function openWall(lang: 'zh' | 'en'): Promise<Watched> {
  const opened = await open(`/wall?world=linjiang&lang=${lang}`)
  await opened.page.locator('[data-testid="map"][data-drawn="true"]').waitFor({ timeout: 90_000 })
  await opened.page.locator('section button[data-kind="value"]').first().waitFor({ timeout: 60_000 })
  // A page that draws in software joins late: until its first pulse it says that it is not connected.
  await opened.page.locator('[data-testid="standstill"]').waitFor({ state: 'detached', timeout: 60_000 })
  return opened
}

describe('start page', () => {
  test.each([
    ['zh', '世界', '演练'],
    ['en', 'Worlds', 'exercise'],
  ])('%s: the worlds with their clocks, nothing from elsewhere', async (lang, title, kind) => {
    const { page, complaints } = await open(`/?lang=${lang}`)
    await page.locator('[data-world="linjiang"]').waitFor()
    expect(await page.locator('h2').first().textContent()).toBe(title)
    expect(await page.locator('[data-world="linjiang"]').textContent()).toContain(kind)
    expect(await page.locator('[data-world="linjiang"]').textContent()).toMatch(/\d\d:\d\d:\d\d/)
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe('wall', () => {
  test('shows the living exercise under its band, and its numbers change', async () => {
    const { page, complaints } = await openWall('zh')
    expect(await page.locator('[data-testid="band"]').textContent()).toContain('演练')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    const figures = () => page.locator('section button[data-kind="value"]').allTextContents()
    const before = await figures()
    await expect.poll(figures, { timeout: 60_000 }).not.toEqual(before)
    expect(await page.locator('[data-testid="fault"]').allTextContents()).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a click on a number opens its evidence, recomputed equal', async () => {
    const { page } = await openWall('en')
    await page.locator('section[aria-label="Trends"] button[data-kind="value"]').first().click()
    const verdict = page.locator('[data-testid="verdict"]')
    await verdict.waitFor({ timeout: 30_000 })
    expect(await verdict.getAttribute('data-verdict')).toBe('same')
    expect(await page.locator('[data-testid="evidence"] tr[data-used="true"]').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await verdict.waitFor({ state: 'detached' })
    await page.close()
  })

  test('a lost graphics context comes back by itself', async () => {
    const { page, complaints } = await openWall('zh')
    await page.evaluate(() =>
      document.querySelector('canvas')?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext(),
    )
    await page.locator('canvas[data-stage-life="1"]').waitFor({ timeout: 30_000 })
    await expect
      .poll(() => page.evaluate(() => document.querySelector('canvas')?.getContext('webgl2')?.isContextLost()), {
        timeout: 30_000,
      })
      .toBe(false)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('without a pulse for 3 s the wall says when it stood still, and goes on by itself', async () => {
    const { page } = await openWall('zh')
    const server = await belfry.pidOf('server')
    sendSignal(server, 'SIGSTOP')
    const standstill = page.locator('[data-testid="standstill"]')
    try {
      await standstill.waitFor({ timeout: 30_000 })
      expect(await standstill.textContent()).toMatch(/^画面停于 \d\d:\d\d:\d\d$/)
    } finally {
      sendSignal(server, 'SIGCONT')
    }
    await standstill.waitFor({ state: 'detached', timeout: 60_000 })
    await page.close()
  })
})

describe('public data sets', () => {
  test.for([
    ['air-beijing', 'air-beijing-9sites', 'section button[data-kind="value"]'],
    ['rivers-calder', 'rivers-calder-15min', 'section button[data-kind="value"]'],
    ['traffic-la', 'traffic-metr-la-week', 'section button[data-kind="value"]'],
    ['quakes', 'quakes', 'section[aria-label="报告"] [data-kind="value"]'],
    ['taxi-beijing', 'gps-taxi', '[data-testid="map"][data-drawn="true"]'],
  ] as const)('%s is replayed on a wall of its own', async ([world, folder, proof], { skip }) => {
    if (!existsSync(join(readEnv().BELFRY_DATA, folder))) skip(`no data set ${folder} under BELFRY_DATA`)
    const { page, complaints } = await open(`/wall?world=${world}&lang=zh`)
    await page.locator('[data-testid="map"][data-drawn="true"]').waitFor({ timeout: 90_000 })
    await page.locator(proof).first().waitFor({ timeout: 90_000 })
    expect(await page.locator('[data-testid="band"]').textContent()).toContain('回放')
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe('five zeros', () => {
  test.each(['dark zh-CN', 'dark en', 'light zh-CN', 'light en'])('%s: five words, five pictures', async (sheet) => {
    const { page, complaints } = await open('/dev/states', { width: 1920, height: 1080 })
    const rows = page.locator(`[data-sheet="${sheet}"] [data-zero-row]`)
    await rows.first().waitFor()
    const words = await rows.locator('[data-kind]').allTextContents()
    expect(new Set(words).size).toBe(5)
    const pictures = await Promise.all(
      (await rows.locator('svg[data-zero]').all()).map((picture) => picture.screenshot()),
    )
    expect(new Set(pictures.map((bytes) => bytes.toString('base64'))).size).toBe(5)
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe('stage', () => {
  const BOX = [64, 80, 96] as const
  const GREEN = [0, 255, 0] as const
  const GROUND = [0, 0, 0] as const

  async function proof(query: string, size: { width: number; height: number }): Promise<Buffer> {
    const { page, complaints } = await open(`/dev/stage${query}`, size)
    await expect
      .poll(async () => Number(await page.locator('[data-testid="proof"]').getAttribute('data-drawn')), {
        timeout: 60_000,
      })
      .toBeGreaterThan(1)
    await expect
      .poll(async () => spotsOf(decodePng(await page.screenshot()), GREEN).length, { timeout: 30_000 })
      .toBeGreaterThan(0)
    const bytes = await page.screenshot()
    expect(complaints).toEqual([])
    await page.close()
    return bytes
  }

  test('dots that deck draws in degrees sit on the roof corners of boxes that three draws in metres', async () => {
    const picture = decodePng(await proof('', { width: 960, height: 540 }))
    const dots = spotsOf(picture, GREEN)
    expect(dots).toHaveLength(12)
    expect(dots.filter((dot) => isNear(picture, dot, BOX, 8))).toHaveLength(12)
    // Three roof corners of each box lie on its outline; the fourth lies before its own walls.
    expect(dots.filter((dot) => isNear(picture, dot, GROUND, 8)).length).toBeGreaterThanOrEqual(9)
  })

  test('four tiles of a wall make the same picture as one screen of its size', async () => {
    const whole = decodePng(await proof('', { width: 960, height: 540 }))
    const tiles = { width: 480, height: 270 }
    const stitched = Buffer.alloc(whole.data.length)
    for (const [column, row] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const query = `?tile=${column},${row}`
      const tile = decodePng(await tileOf(query, tiles))
      for (let y = 0; y < tile.height; y++) {
        const from = tile.data.subarray(y * tile.width * 4, (y + 1) * tile.width * 4)
        from.copy(stitched, ((row * tiles.height + y) * whole.width + column * tiles.width) * 4)
      }
    }
    const different = pixelmatch(whole.data, stitched, undefined, whole.width, whole.height, { threshold: 0.1 })
    expect(different / (whole.width * whole.height)).toBeLessThan(0.001)
  })

  /** A tile may have no dot in it: two pictures drawn are enough. */
  async function tileOf(query: string, size: { width: number; height: number }): Promise<Buffer> {
    const { page } = await open(`/dev/stage${query}`, size)
    await expect
      .poll(async () => Number(await page.locator('[data-testid="proof"]').getAttribute('data-drawn')), {
        timeout: 60_000,
      })
      .toBeGreaterThan(1)
    await page.waitForTimeout(3000)
    const bytes = await page.screenshot()
    await page.close()
    return bytes
  }
})
