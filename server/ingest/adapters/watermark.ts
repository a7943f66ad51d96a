import type { CellValue } from '@/domain/formats/reading'

type Cells = Readonly<Record<string, CellValue>>

const WHOLE = /^\d+$/

/** Whole numbers of any length by their digits, other numbers by size, the rest as text. */
export const isLater = (a: string, b: string): boolean =>
  WHOLE.test(a) && WHOLE.test(b) ? BigInt(a) > BigInt(b) : isLarger(a, b)

const isLarger = (a: string, b: string): boolean =>
  a.trim() !== '' && Number.isFinite(Number(a)) && Number.isFinite(Number(b)) ? Number(a) > Number(b) : a > b

/** The greatest value of the column, not under `held`. */
export function newestOf(held: string | undefined, rows: readonly Cells[], column: string): string | undefined {
  let newest = held
  for (const cells of rows) {
    const value = cells[column]
    if (value !== undefined && (newest === undefined || isLater(String(value), newest))) newest = String(value)
  }
  return newest
}

/**
 * Where a full answer may be left: at its last value but one, because rows with its last value may lie beyond the
 * limit. Nothing when the rows hold no value after `held` but one: then a larger answer must be asked for.
 */
export function safeStep(held: string, rows: readonly Cells[], column: string): string | undefined {
  const newest = newestOf(undefined, rows, column)
  const before = rows.filter((cells) => String(cells[column]) !== newest)
  const step = newestOf(undefined, before, column)
  return step !== undefined && isLater(step, held) ? step : undefined
}

/** Whether the rows come in the order of the column, which a limited answer must. */
export const inOrder = (rows: readonly Cells[], column: string): boolean =>
  rows.every((cells, i) => i === 0 || !isLater(String(rows[i - 1]?.[column]), String(cells[column])))
