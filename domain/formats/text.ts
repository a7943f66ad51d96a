import { type Result, err, ok } from '../result'

/** Encodings that sources declare; GB2312 and GBK are subsets of GB18030. */
export const TEXT_ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'iso-8859-1'] as const
export type TextEncodingName = (typeof TEXT_ENCODINGS)[number]

export interface TextRefusal {
  readonly reason: 'encodingUnknown' | 'notText'
  readonly message: string
}

const NAMES: Readonly<Record<string, TextEncodingName>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  gb18030: 'gb18030',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'windows-1252': 'iso-8859-1',
}

/** The encoding of a name as sources write it. */
export const encodingNamed = (name: string): TextEncodingName | undefined => NAMES[name.trim().toLowerCase()]

/** Text of bytes. A byte order mark decides before `encoding`; bytes that are not in it are refused, never replaced. */
export function decodeText(bytes: Uint8Array, encoding: TextEncodingName = 'utf-8'): Result<string, TextRefusal> {
  const marked = byteOrderMark(bytes)
  try {
    return ok(new TextDecoder(marked ?? encoding, { fatal: true }).decode(bytes))
  } catch {
    return err({ reason: 'notText', message: `The bytes are not text in ${marked ?? encoding}.` })
  }
}

/** Text of an XML document by its byte order mark, else its declaration, else UTF-8. */
export function decodeXmlText(bytes: Uint8Array): Result<string, TextRefusal> {
  const head = new TextDecoder('iso-8859-1').decode(bytes.subarray(0, 200))
  const declared = /^(?:ï»¿)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1]
  if (declared === undefined) return decodeText(bytes)
  const encoding = encodingNamed(declared)
  if (encoding === undefined) {
    return err({ reason: 'encodingUnknown', message: `The encoding ${declared} is not read: use UTF-8 or GB18030.` })
  }
  // A document in eight-bit letters that says UTF-16 was converted by somebody who forgot the declaration.
  return decodeText(bytes, encoding.startsWith('utf-16') ? 'utf-8' : encoding)
}

function byteOrderMark(bytes: Uint8Array): TextEncodingName | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}
