import { expect, test } from 'vitest'
import { Gatherer } from './gatherer'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const LINE = bytes('\n')

async function carriedOf(pieces: readonly Uint8Array[]): Promise<string[]> {
  const carried: Uint8Array[] = []
  const carrier = {
    carry: ({ bytes: body }: { readonly bytes: Uint8Array }) => {
      carried.push(body)
      return Promise.resolve(undefined)
    },
  }
  const gatherer = new Gatherer(carrier, LINE, new AbortController().signal)
  await Promise.all(pieces.map((piece) => gatherer.add(piece)))
  return carried.map((body) => Buffer.from(body).toString('latin1'))
}

test('objects that come together are carried as lines of one body', async () => {
  expect(await carriedOf([bytes('{"a":1}'), bytes('{"a":2}')])).toEqual(['{"a":1}\n{"a":2}\n'])
})

test('a list or a packed piece goes alone, in its place: strung together it would be refused after its acknowledgement', async () => {
  const packed = Uint8Array.from([0x1f, 0x8b, 8, 0])
  const carried = await carriedOf([bytes('{"a":1}'), bytes('[{"a":2}]'), bytes('[{"a":3}]'), packed, bytes('{"a":4}')])
  expect(carried).toEqual(['{"a":1}', '[{"a":2}]', '[{"a":3}]', '\x1f\x8b\b\0', '{"a":4}'])
})
