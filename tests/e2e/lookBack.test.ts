import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { startBelfry } from '@/tests/support/belfry'
import type { Belfry } from '@/tests/support/belfry'
import { openBrowser } from '@/tests/support/browser'
import type { Browser } from '@/tests/support/browser'
import { openWatched, wasRefused } from '@/tests/support/watchedPage'
import type { Watched } from '@/tests/support/watchedPage'

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

const open = (path: string): Promise<Watched> =>
  openWatched(browser, `${belfry.address}${path}`, { isExpected: wasRefused })

/** A flat wall: it needs no graphics card, so that a test spends its time on what it tests. */
async function openFlatWall(lang: 'zh' | 'en'): Promise<Watched> {
  const opened = await open(`/wall?world=linjiang&map=flat&lang=${lang}`)
  await opened.page.locator('[data-testid="map"][data-flat="true"][data-drawn="true"]').waitFor({ timeout: 90_000 })
  await opened.page.locator('section button[data-kind="value"]').first().waitFor({ timeout: 60_000 })
  await opened.page.locator('[data-testid="standstill"]').waitFor({ state: 'detached', timeout: 60_000 })
  return opened
}

const band = (page: Page) => page.locator('[data-testid="band"]')

describe('look back', () => {
  test('a drag on the ribbon shows the wall as it was known, asks the server seldom, and one key ends it', async () => {
    const { page, complaints } = await openFlatWall('zh')
    let asked = 0
    page.on('request', (request) => {
      if (request.url().includes('/picture?')) asked += 1
    })
    const box = (await page.locator('[data-testid="scrubber"]').boundingBox())!
    const at = (back: number) => [box.x + box.width - 4 - back, box.y + box.height / 2] as const
    await page.mouse.move(...at(0))
    await page.mouse.down()
    for (let i = 0; i <= 60; i++) await page.mouse.move(...at(i / 4))
    await page.mouse.up()
    await expect.poll(() => band(page).getAttribute('data-past'), { timeout: 30_000 }).toBe('true')
    expect(asked).toBeLessThan(40)
    expect(await band(page).textContent()).toContain('回看')
    const clock = page.locator('[data-testid="world-clock"]')
    const standsStill = async (): Promise<boolean> => {
      const before = await clock.textContent()
      await page.waitForTimeout(2500)
      return before === (await clock.textContent())
    }
    // The last question of the drag may still be under way.
    await expect.poll(standsStill, { timeout: 30_000 }).toBe(true)
    await page.keyboard.press('n')
    await expect.poll(() => band(page).getAttribute('data-past')).toBe('false')
    const shown = await clock.textContent()
    await expect.poll(() => clock.textContent(), { timeout: 10_000 }).not.toBe(shown)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a number of a look back opens its evidence, recomputed equal', async () => {
    const { page } = await openFlatWall('en')
    await page.locator('[data-testid="scrubber"]').focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => band(page).getAttribute('data-past'), { timeout: 30_000 }).toBe('true')
    await page.locator('section[aria-label="Feeds"] button[data-kind="value"]').first().click()
    const verdict = page.locator('[data-testid="verdict"]')
    await expect.poll(() => verdict.getAttribute('data-verdict'), { timeout: 30_000 }).toBe('same')
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await page.close()
  })
})

/** Sweeps the pointer over the map until a point answers; what its card says. */
async function pointUnderPointer(page: Page): Promise<string> {
  const box = (await page.locator('[data-testid="flat-map"]').boundingBox())!
  const card = page.locator('[data-testid="hover"]')
  for (let y = box.y + 90; y < box.y + box.height - 90; y += 9) {
    for (let x = box.x + 60; x < box.x + box.width - 60; x += 9) {
      await page.mouse.move(x, y)
      if ((await card.count()) > 0) return (await card.textContent()) ?? ''
    }
  }
  return ''
}

describe('flat map', () => {
  test('key 2 changes between the stage and the flat map; a point says what it is', async () => {
    const { page, complaints } = await open('/wall?world=linjiang&lang=zh')
    const map = page.locator('[data-testid="map"]')
    await page.locator('[data-testid="map"][data-drawn="true"]').waitFor({ timeout: 90_000 })
    expect(await map.getAttribute('data-flat')).toBe('false')
    await page.keyboard.press('2')
    await page.locator('[data-testid="flat-map"]').waitFor()
    expect(await map.getAttribute('data-flat')).toBe('true')
    expect(await pointUnderPointer(page)).toMatch(/\d\d:\d\d:\d\d/)
    await page.keyboard.press('2')
    await page.locator('[data-testid="flat-map"]').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a browser without WebGL2 gets the flat map by itself, with its points', async () => {
    const page = await browser.context.newPage()
    await page.addInitScript(() => {
      const original = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (...of: unknown[]) => unknown
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.startsWith('webgl') ? null : original.call(this, kind, ...rest)
      } as typeof HTMLCanvasElement.prototype.getContext
    })
    await page.goto(`${belfry.address}/wall?world=linjiang&lang=zh`)
    const canvas = page.locator('[data-testid="flat-map"]')
    await canvas.waitFor({ timeout: 60_000 })
    const colours = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height)
        const seen = new Set<number>()
        for (let i = 0; i < data.length; i += 4 * 97) seen.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!)
        return seen.size
      })
    await expect.poll(colours, { timeout: 60_000 }).toBeGreaterThan(8)
    await page.close()
  })
})

describe('accounts and alarms', () => {
  test('an administrator makes an account, whose one-time password is shown once', async () => {
    const { page } = await open('/login?lang=zh&next=%2Faccounts')
    const { login, password } = belfry.admin!
    await page.locator('input[name="account"]').fill(login)
    await page.locator('input[name="password"]').fill(password)
    await page.locator('button[type="submit"]').click()
    await page.locator('input[name="next"]').fill('twelve letters')
    await page.locator('button[type="submit"]').click()
    await page.waitForURL(`${belfry.address}/accounts*`)
    await page.locator('tr[data-account="admin"]').waitFor({ timeout: 30_000 })
    await page.locator('input[name="account"]').fill('duty-1')
    await page.locator('input[name="name"]').fill('值班一席')
    await page.locator('form button[type="submit"]').click()
    await page.locator('[data-testid="one-time"] code').waitFor()
    await page.locator('tr[data-account="duty-1"]').waitFor()
    await page.reload()
    await page.locator('tr[data-account="duty-1"]').waitFor({ timeout: 30_000 })
    expect(await page.locator('[data-testid="one-time"]').count()).toBe(0)
    await page.locator('tr[data-account="duty-1"] button').last().click()
    await expect.poll(() => page.locator('tr[data-account="duty-1"]').getAttribute('data-quiet')).toBe('true')
    await page.close()
  })

  test('an alarm is shelved with its reason and leaves the wall, and comes back on request', async () => {
    const { page } = await open('/alarms?world=linjiang&lang=zh')
    const first = page.locator('tr[data-alarm]').first()
    await first.waitFor({ timeout: 120_000 })
    const no = await first.getAttribute('data-alarm')
    const row = page.locator(`tr[data-alarm="${no}"]`)
    await row.locator('button', { hasText: '搁置' }).click()
    await page.locator('input[name="reason"]').fill('泵站检修')
    await page.locator('[data-testid="alarm-form"] button[type="submit"]').click()
    await expect.poll(() => row.getAttribute('data-state'), { timeout: 20_000 }).toBe('shelved')
    expect(await row.textContent()).toContain('泵站检修')
    await row.locator('button', { hasText: '提前恢复' }).click()
    await expect.poll(() => row.getAttribute('data-state'), { timeout: 20_000 }).toBe('raised')
    await page.close()
  })
})
