import type { ComponentCode } from './cityModel'
import type { KeptCode } from './componentCode'

/** Name of the file in a package. */
export const LEDGER_FILE = 'codes.tsv'

// A key comes from a file: what would break a line is written as %09.
const HIDDEN = /[%\p{Cc}]/gu

/** One line per code: the code, a tab, the source key with control characters and % as %XX. */
export function encodeLedger(ledger: readonly KeptCode[]): string {
  return ledger.map(({ code, source }) => `${code}\t${source.replace(HIDDEN, encodeURIComponent)}\n`).join('')
}

/** Reads `encodeLedger`'s text; undefined for a text that is no ledger or gives one code twice. */
export function decodeLedger(text: string): readonly KeptCode[] | undefined {
  const lines = text.split('\n').slice(0, -1)
  const ledger = lines.flatMap((line) => keptCode(line) ?? [])
  const codes = new Set(ledger.map(({ code }) => code))
  return codes.size === lines.length && text.endsWith('\n') ? ledger : undefined
}

function keptCode(line: string): KeptCode | undefined {
  const [, code, source] = /^(\d{16})\t([^\t]+)$/.exec(line) ?? []
  if (code === undefined || source === undefined) return undefined
  try {
    return { code: code as ComponentCode, source: decodeURIComponent(source) }
  } catch {
    return undefined
  }
}
