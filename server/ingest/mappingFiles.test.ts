import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { InvalidInput } from '@/platform/errors'
import { readMapping, readMappings } from './mappingFiles'

const FEEDS = fileURLToPath(new URL('../../scenarios/feeds', import.meta.url))

test('every mapping that Belfry ships is read as the server reads it at its start', async () => {
  const files = (await readdir(FEEDS)).filter((name) => name.endsWith('.yaml'))
  const mappings = await readMappings(FEEDS)
  expect(mappings).toHaveLength(files.length)
})

test('a file of aliases that would fill the memory is refused with its name', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 8; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    )
  expect(() => readMapping(lines.join('\n'), 'laughs.yaml')).toThrow(InvalidInput)
})
