import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { docx } from './docx'

/** Files of an archive by their local headers. */
function unzipped(bytes: Buffer): Record<string, string> {
  const files: Record<string, string> = {}
  let at = 0
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const packed = bytes.readUInt32LE(at + 18)
    const title = bytes.readUInt16LE(at + 26)
    const name = bytes.toString('utf8', at + 30, at + 30 + title)
    const begin = at + 30 + title
    files[name] = inflateRawSync(bytes.subarray(begin, begin + packed)).toString('utf8')
    at = begin + packed
  }
  return files
}

test('a document holds what was written as text, whatever it looks like, and the same content gives the same bytes', () => {
  const blocks = [
    { kind: 'title', text: '首报' },
    { kind: 'table', rows: [['人员', '被困 5 人\n<w:p>&"\u0000\uD800']] },
  ] as const
  const bytes = docx(blocks)
  const files = unzipped(bytes)
  expect(Object.keys(files)).toEqual(['[Content_Types].xml', '_rels/.rels', 'word/document.xml'])
  expect(files['word/document.xml']).toContain('被困 5 人</w:t>')
  expect(files['word/document.xml']).toContain('&lt;w:p&gt;&amp;&quot;</w:t>')
  expect(files['word/document.xml']).not.toContain('\u0000')
  expect(docx(blocks).equals(bytes)).toBe(true)
})
