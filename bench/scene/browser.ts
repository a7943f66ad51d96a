import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { readEnv } from '@/platform/env'

/** A Chromium of the bench's own. Without a graphics card it paints in software, and says so. */
export interface BenchBrowser {
  /** Name of what paints. */
  readonly renderer: string
  open(url: string, size: { readonly width: number; readonly height: number }): Promise<Page>
  close(): Promise<void>
}

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-swiftshader',
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc',
]

export async function openBenchBrowser(address: string): Promise<BenchBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'belfry-bench-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: readEnv().BELFRY_CHROMIUM ?? '/usr/bin/chromium',
    headless: false, // the new headless mode comes by its flag
    args: FLAGS,
  })
  const open: BenchBrowser['open'] = async (url, size) => {
    const page = await context.newPage()
    await page.setViewportSize(size)
    await page.goto(`${address}${url}`)
    return page
  }
  const first = await open('/login', { width: 320, height: 240 })
  const renderer = await first.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2')
    const info = gl?.getExtension('WEBGL_debug_renderer_info')
    return String(info && gl?.getParameter(info.UNMASKED_RENDERER_WEBGL))
  })
  await first.close()
  return {
    renderer,
    open,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
