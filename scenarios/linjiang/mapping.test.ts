import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { FeedMapping } from '@/domain/feed/mapping'
import { linjiangMapping } from './mapping'
import { FEEDS } from './simulation'

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// Written by `npx vitest run --project unit scenarios/linjiang -u`; stale files turn this red.
test.for(FEEDS)('scenarios/feeds holds the mapping of %s as generated', async (feed) => {
  const document = linjiangMapping(feed)
  expect(FeedMapping.safeParse(document).error?.issues).toBeUndefined()
  const head = '# Generated from scenarios/linjiang (mapping.ts): change it there.\n'
  await expect(head + stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })).toMatchFileSnapshot(
    file(`../feeds/linjiang-${feed}.yaml`),
  )
})
