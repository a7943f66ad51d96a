import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext } from 'playwright-core'
import { readEnv } from '@/platform/env'

// Software rendering of WebGL2 without a GPU: correct pictures, about one frame a second.
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
]

/** The system's Chromium with an empty profile. `close` ends it and removes the profile. */
export interface Browser {
  readonly context: BrowserContext
  close(): Promise<void>
}

export async function openBrowser(
  options: { locale?: string; width?: number; height?: number } = {},
): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'belfry-chromium-'))
  const { locale = 'zh-CN', width = 1280, height = 720 } = options
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: readEnv().BELFRY_CHROMIUM ?? '/usr/bin/chromium',
    headless: false, // the new headless mode comes by its flag
    args: FLAGS,
    locale,
    viewport: { width, height },
  })
  return {
    context,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
