/** Formats whose chunks can follow each other on the wire; the others are sent in one piece. */
const STREAMABLE =
  /^(JSONEachRow|JSONLines|NDJSON|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow|RowBinary|Native|TSV|TabSeparated|TabSeparatedRaw|TSVRaw|CSV|Values|MsgPack)$/i

const CONTENT_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^JSON(|Strings|Compact|CompactStrings|Columns.*|ObjectEachRow)$/i, 'application/json; charset=UTF-8'],
  [/EachRow/i, 'application/x-ndjson; charset=UTF-8'],
  [/CSV/i, 'text/csv; charset=UTF-8'],
  [/TSV|TabSep|Pretty|Vertical/i, 'text/tab-separated-values; charset=UTF-8'],
]

export const contentType = (format: string): string =>
  CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream'

const FORMAT_AT_END = /\bFORMAT\s+(\w+)\s*(?:SETTINGS\b[^']*)?;?\s*$/i

/** The format a SELECT names itself, if it does. */
export const namedFormat = (sql: string): string | undefined => FORMAT_AT_END.exec(sql)?.[1]

/** The statement without `FORMAT x` at its end. */
export const withoutFormat = (sql: string): string => sql.replace(/\bFORMAT\s+\w+\s*;?\s*$/i, '')

export interface InsertHead {
  /** `INSERT INTO t (a, b)` */
  readonly into: string
  /** ` SETTINGS …`, or nothing. */
  readonly settings: string
  readonly format: string
  /** Data that followed the head in the same text. */
  readonly inline: string
}

const INSERT_FORMAT =
  /^(INSERT\s+INTO\s[\s\S]*?)(\s+SETTINGS\s[\s\S]*?)?\s+FORMAT\s+(\w+)[ \t]*(?:;?\s*$|\r?\n([\s\S]*)$|\s([\s\S]*)$)/i

// A table may be called latest_values: the word must stand alone.
const NO_FORMAT = /^INSERT\s+INTO\s[^(]*?(?:\([^)]*\)\s*|\s)(SELECT|WITH|VALUES)\b/i

/** The parts of `INSERT … FORMAT x`; undefined for INSERT SELECT and for VALUES. */
export function insertHead(sql: string): InsertHead | undefined {
  const found = INSERT_FORMAT.exec(sql)
  if (found === null || NO_FORMAT.test(sql)) return undefined
  const [, into = '', settings = '', format = '', afterLine, afterSpace] = found
  return { into, settings, format, inline: afterLine ?? afterSpace ?? '' }
}

/** Statements that the engine can stream; the other reading ones answer in one piece. */
const STREAMING = /^(SELECT|WITH)\b|^\(/i
export const canStream = (sql: string, format: string): boolean => STREAMING.test(sql) && STREAMABLE.test(format)
