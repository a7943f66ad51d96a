import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBelfry } from '@/tests/support/belfry'
import type { Belfry } from '@/tests/support/belfry'
import { openBrowser } from '@/tests/support/browser'
import type { Browser } from '@/tests/support/browser'

const PASSWORD = 'a-desk-of-one-person'
const HTML = '<img src=x onerror="window.hacked=1"><b>站口</b>'
const LONG = { timeout: 60_000 }

let belfry: Belfry
let browser: Browser
/** A second machine: a profile of its own. */
let other: Browser
const complaints: string[] = []

beforeAll(async () => {
  belfry = await startBelfry()
  browser = await openBrowser({ width: 1920, height: 1080 })
  other = await openBrowser({ width: 1920, height: 1080 })
  await signIn(await browser.context.newPage(), belfry.admin?.password ?? '', true)
  await signIn(await other.context.newPage(), PASSWORD, false)
})
afterAll(async () => {
  await browser.close()
  await other.close()
  await belfry.close()
})

async function signIn(page: Page, password: string, isOneTime: boolean): Promise<void> {
  await page.goto(`${belfry.address}/login`)
  await page.fill('[name=account]', belfry.admin?.login ?? '')
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  if (isOneTime) {
    await page.fill('[name=next]', PASSWORD)
    await page.keyboard.press('Enter')
  }
  await page.waitForURL((url) => url.pathname !== '/login', LONG)
  await page.close()
}

/** A keyboard that counts: nobody touches a mouse in this file. */
class Hands {
  readonly page: Page
  presses = 0
  constructor(page: Page) {
    this.page = page
  }
  async press(key: string): Promise<void> {
    this.presses += 1
    await this.page.keyboard.press(key)
  }
  async type(text: string): Promise<void> {
    this.presses += Array.from(text).length
    await this.page.keyboard.type(text)
  }
  /** Opens an act by the palette, fills its first field, sends it, and waits until it was taken. */
  async act(words: string, name: string, first?: string): Promise<void> {
    await this.press('Control+k')
    await this.page.waitForSelector('[data-testid=palette]', LONG)
    await this.type(words)
    await this.press('Enter')
    await this.sent(name, first)
  }
  async hot(key: string, name: string, first?: string): Promise<void> {
    await this.press(key)
    await this.sent(name, first)
  }
  async sent(name: string, first?: string): Promise<void> {
    const form = this.page.locator(`[data-testid=act-form][data-act="${name}"]`)
    await form.waitFor(LONG)
    if (first !== undefined) await this.type(first)
    await this.press('Control+Enter')
    await form.waitFor({ state: 'detached', ...LONG }).catch(async (cause: unknown) => {
      throw new Error(`${name}: ${(await this.page.locator('[role=alert]').allTextContents()).join(' ')}`, { cause })
    })
  }
}

async function openDesk(of: Browser, query = ''): Promise<Hands> {
  const page = await of.context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/city'))
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  await page.goto(`${belfry.address}/desk?world=linjiang&lang=zh${query}`)
  await page.waitForSelector('[data-testid=desk]', LONG)
  await page.waitForSelector('[data-testid=standstill]', { state: 'detached', ...LONG })
  return new Hands(page)
}

const stateOf = (page: Page, state: string) => page.waitForSelector(`[data-testid=incident][data-state=${state}]`, LONG)
const taskIn = (page: Page, state: string) =>
  page.waitForSelector(`[data-testid=tasks] [data-task="1"][data-state=${state}]`, LONG)

test('one person alone with a telephone: from the call to the closed incident, by keyboard', async ({ annotate }) => {
  const hands = await openDesk(browser)
  const { page } = hands
  await hands.press('F2')
  await page.waitForSelector('[data-testid=call-form]', LONG)
  await hands.type('和平路下穿三辆车被困 5 人')
  // A killed page loses nothing of the call.
  await page.reload()
  await page.waitForSelector('[data-testid=desk]', LONG)
  await hands.press('F2')
  expect(await page.inputValue('[name=said]')).toBe('和平路下穿三辆车被困 5 人')
  expect(await page.inputValue('[name=typeCode]')).toBe('12H90')
  expect(await page.inputValue('[name=trapped]')).toBe('5')
  await hands.press('Tab')
  await hands.type('和平泵')
  await page.locator('[role=option]').first().waitFor(LONG)
  await hands.press('Enter')
  await hands.press('Alt+1')
  await stateOf(page, 'reported')
  expect(await page.locator('[data-testid=people] [data-kind=trapped]').textContent()).toContain('5')

  await hands.hot('Alt+1', 'incident.verify', '119 复核属实')
  await stateOf(page, 'verified')
  await hands.hot('Alt+1', 'incident.accept')
  await stateOf(page, 'responding')
  expect(await page.locator('[data-testid=level]').textContent()).toContain('初判 一般')

  await hands.hot('Alt+1', 'order.closeUnderpass')
  await taskIn(page, 'issued')
  await hands.act('回执', 'task.accept')
  await taskIn(page, 'acked')
  await hands.act('开始执行', 'task.start')
  await taskIn(page, 'active')
  await hands.act('报完成', 'task.reportDone', '两端已封')
  await taskIn(page, 'reportedDone')
  await hands.act('核验', 'task.verify', '视频可见封闭')
  await taskIn(page, 'done')
  // Entered on behalf: every receipt says so.
  expect(await page.locator('[data-task="1"] [data-done=true] em').count()).toBe(3)
  await hands.act('补签', 'task.countersign')

  await hands.hot('Alt+1', 'incident.control')
  await stateOf(page, 'controlled')
  await hands.hot('Alt+1', 'incident.end')
  await stateOf(page, 'ended')
  await hands.hot('Alt+1', 'incident.report')
  await page.locator('[role=toolbar] button').first().filter({ hasText: '归档' }).waitFor(LONG)
  await hands.hot('Alt+1', 'incident.archive')
  await page.waitForSelector('[data-testid=queue] [data-incident]', { state: 'detached', ...LONG })
  await annotate(`keys pressed from the call to the archive: ${hands.presses}`)
  expect(hands.presses).toBeLessThan(260)
  expect(complaints).toEqual([])
  await page.close()
})

test('a command at one desk stands on another and on the wall; what people write is text', async ({ annotate }) => {
  const first = await openDesk(browser)
  const second = await openDesk(other)
  const wall = await other.context.newPage()
  await wall.goto(`${belfry.address}/wall?world=linjiang&lang=zh&map=flat`)
  await wall.waitForSelector('[data-testid=wall]', LONG)
  await first.press('F2')
  await first.page.waitForSelector('[data-testid=call-form]', LONG)
  await first.type(HTML)
  await first.press('Tab')
  await first.type(HTML)
  await first.press('Alt+1')
  const shown = (page: Page, where: string) => page.locator(where).filter({ hasText: '<img src=x' }).first()
  await shown(first.page, '[data-testid=queue] li').waitFor(LONG)
  await shown(second.page, '[data-testid=queue] li').waitFor(LONG)
  await shown(wall, '[data-testid=wall-incident]').waitFor(LONG)
  await first.page.waitForSelector('[data-testid=incident][data-state=reported]', LONG)

  // Told, not judged: a test shares its machine. The clock starts when the server answers.
  const seen = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const found = document.querySelector('[data-incident][data-state=verified]')
            if (found === null) requestAnimationFrame(look)
            else resolve(performance.timeOrigin + performance.now())
          }
          look()
        }),
    )
  const moments = [seen(first.page), seen(second.page)]
  const answered = first.page.waitForResponse((response) => response.url().endsWith('/move'))
  await first.hot('Alt+1', 'incident.verify', HTML)
  const { responseEnd, startTime } = (await answered).request().timing()
  const answeredAt = startTime + responseEnd
  const lags = (await Promise.all(moments)).map((at) => Math.round(at - answeredAt))
  await annotate(`from the answer to both desks, ms: ${lags.join(' ')}`)
  for (const page of [first.page, second.page, wall]) {
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(await page.locator('img[src=x]').count()).toBe(0)
  }
  await Promise.all([first.page, second.page, wall].map((page) => page.close()))
})
