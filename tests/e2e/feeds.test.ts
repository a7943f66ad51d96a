import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBelfry } from '@/tests/support/belfry'
import type { Belfry } from '@/tests/support/belfry'
import { openBrowser } from '@/tests/support/browser'
import type { Browser } from '@/tests/support/browser'

const LONG = { timeout: 60_000 }
let belfry: Belfry
let browser: Browser
let page: Page

beforeAll(async () => {
  belfry = await startBelfry()
  browser = await openBrowser({ width: 1920, height: 1080 })
  page = await browser.context.newPage()
  await page.goto(`${belfry.address}/login?lang=zh-CN`)
  await page.fill('[name=account]', belfry.admin?.login ?? '')
  await page.fill('[name=password]', belfry.admin?.password ?? '')
  await page.keyboard.press('Enter')
  await page.fill('[name=next]', 'a-steward-of-many-feeds')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/login', LONG)
})
afterAll(async () => {
  await browser.close()
  await belfry.close()
})

test('a steward sees every feed, signs its contract, blocks it with a reason and takes it again', async () => {
  await page.goto(`${belfry.address}/desk/feeds?world=linjiang`)
  await page.waitForSelector('[data-feed="linjiang-rain"]', LONG)
  expect(await page.locator('[data-feed^="linjiang-"]').count()).toBeGreaterThan(15)
  await page.click('[data-feed="linjiang-rain"] button')
  const versions = page.locator('[data-testid=versions]')
  await versions.getByText('未签署').waitFor(LONG)
  await versions.getByRole('button', { name: '签署此版' }).click()
  await versions.getByText('已签').waitFor(LONG)
  const standing = page.locator('[data-testid=standing]')
  await standing.locator('select').selectOption('blocked')
  await standing.locator('[name=reason]').fill('雨量站检修')
  await standing.getByRole('button').click()
  await page.locator('[data-feed="linjiang-rain"]').getByText('停收').waitFor(LONG)
  await standing.locator('select').selectOption('good')
  await standing.getByRole('button').click()
  await page.locator('[data-feed="linjiang-rain"]').getByText('正常').waitFor(LONG)
})

test('the pool shows its layers, and its catalogue is searched by words', async () => {
  await page.goto(`${belfry.address}/desk/data?world=linjiang`)
  await page.locator('[data-testid=layers] tbody tr').nth(3).waitFor(LONG)
  await page.fill('[name=asked]', '水位')
  await page.locator('[data-testid=found] tr').first().waitFor(LONG)
  expect(await page.locator('[data-testid=wizard]').count()).toBe(1)
})
