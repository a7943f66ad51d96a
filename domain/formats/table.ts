import { isObject, jsonDocument, scalarFields } from './documents'
import { type CellValue, type FormatReading, ReadingBuilder, refusedWhole, toHex } from './reading'
import { type TextEncodingName, decodeText, decodeXmlText } from './text'
import { type XmlElement, parseXml } from './xml'

export interface CsvShape {
  readonly delimiter: string
  readonly skipLines: number
  readonly header?: readonly string[] | undefined
  readonly encoding?: TextEncodingName | undefined
}

const CELLS_MOST = 4_096

/** Reads a table with a header row after `skipLines`, or with the columns that `header` names. */
export function csvFormat({ delimiter, skipLines, header, encoding }: CsvShape): (bytes: Uint8Array) => FormatReading {
  return (bytes) => {
    const text = decodeText(bytes, encoding)
    if (!text.ok) return refusedWhole(text.error.reason, text.error.message, toHex(bytes))
    const builder = new ReadingBuilder()
    let columns = header
    for (const { line, cells } of csvRecords(text.value, delimiter, skipLines)) {
      const sample = cells.join(delimiter)
      if (columns === undefined) columns = cells
      else if (cells.length === columns.length) {
        builder.row(line, Object.fromEntries(columns.map((column, i) => [column, cells[i]])), sample)
      } else {
        const told = `The row has ${cells.length} cells for ${columns.length} columns.`
        builder.refuse(line, { reason: 'columnsWrong', message: told }, sample)
      }
    }
    return builder
  }
}

interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/** Records of a CSV text; a quoted cell may hold delimiters, line ends and doubled quotes. Empty lines are left out. */
export function* csvRecords(text: string, delimiter: string, skipLines: number): Generator<CsvRecord> {
  let at = 0
  let line = 1
  for (; line <= skipLines && at < text.length; line++) at = lineEnd(text, at) + 1
  while (at < text.length) {
    const began = line
    const cells: string[] = []
    for (let more = true; more; ) {
      const cell = text[at] === '"' ? quotedCell(text, at, delimiter) : plainCell(text, at, delimiter)
      if (cells.length < CELLS_MOST) cells.push(cell.value)
      line += cell.lines
      at = cell.end
      more = text[at] === delimiter
      if (more) at += 1
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') {
      at += 1
      line += 1
    }
    if (cells.length > 1 || cells[0] !== '') yield { line: began, cells }
  }
}

interface Cell {
  readonly value: string
  readonly end: number
  readonly lines: number
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function plainCell(text: string, from: number, delimiter: string): Cell {
  let end = from
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1
  const cut = text[end - 1] === '\r' && (text[end] === '\n' || end === text.length) ? end - 1 : end
  return { value: text.slice(from, Math.max(from, cut)), end, lines: 0 }
}

function quotedCell(text: string, from: number, delimiter: string): Cell {
  let value = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: text.length, lines: 0 }
    value += text.slice(at, quote)
    at = quote + 1
    if (text[at] !== '"') break
    value += '"'
    at += 1
  }
  // Whatever follows the closing quote belongs to the cell, as spreadsheets write it.
  let end = at
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { value: value + text.slice(at, end), end, lines: value.split('\n').length - 1 }
}

/** Reads a JSON document whose list of records lies at `path`, dotted; one object alone is one record. */
export function jsonFormat(path: string, encoding?: TextEncodingName): (bytes: Uint8Array) => FormatReading {
  return (bytes) => {
    const document = jsonDocument(bytes, encoding)
    if (!document.ok) return document.error
    const found = path === '' ? document.value : path.split('.').reduce<unknown>(stepInto, document.value)
    const records = Array.isArray(found) ? (found as readonly unknown[]) : isObject(found) ? [found] : undefined
    if (records === undefined) return refusedWhole('recordsMissing', `There is no list of records at ${path}.`, '')
    const builder = new ReadingBuilder()
    records.forEach((record, i) => {
      const sample = (): string => JSON.stringify(record)
      if (isObject(record)) builder.row(i + 1, scalarFields(record), sample)
      else builder.refuse(i + 1, { reason: 'schema', message: 'A record is a JSON object.' }, sample())
    })
    return builder
  }
}

const stepInto = (node: unknown, step: string): unknown =>
  isObject(node) && Object.hasOwn(node, step) ? node[step] : undefined

/** Reads an XML document: each element named `row` is a record of its attributes and of its children's texts. */
export function xmlFormat(row: string): (bytes: Uint8Array) => FormatReading {
  return (bytes) => {
    const text = decodeXmlText(bytes)
    if (!text.ok) return refusedWhole(text.error.reason, text.error.message, toHex(bytes))
    const parsed = parseXml(text.value)
    if (!parsed.ok) return refusedWhole(parsed.error.reason, parsed.error.message, text.value)
    const builder = new ReadingBuilder()
    let line = 0
    for (const element of elementsNamed(parsed.value, row)) {
      line += 1
      builder.row(line, elementCells(element), text.value.slice(element.start, element.end))
    }
    return line > 0 ? builder : refusedWhole('recordsMissing', `There is no element <${row}>.`, text.value)
  }
}

function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element
  else for (const child of element.children) yield* elementsNamed(child, name)
}

/** Cells of an element; those of deeper elements are named by their path. The first of a repeated name counts. */
export function elementCells(element: XmlElement, prefix = ''): Record<string, CellValue> {
  const cells: Record<string, CellValue> = {}
  for (const [name, value] of Object.entries(element.attributes)) cells[`${prefix}${name}`] = value
  for (const child of element.children) {
    const name = `${prefix}${child.name}`
    const inner = child.children.length === 0 ? { [name]: child.text.trim() } : elementCells(child, `${name}.`)
    for (const [key, value] of Object.entries(inner)) if (!Object.hasOwn(cells, key)) cells[key] = value
  }
  return cells
}

/** Reads one JSON object a line. */
export function ndjsonFormat(encoding?: TextEncodingName): (bytes: Uint8Array) => FormatReading {
  return (bytes) => {
    const text = decodeText(bytes, encoding)
    if (!text.ok) return refusedWhole(text.error.reason, text.error.message, toHex(bytes))
    const builder = new ReadingBuilder()
    text.value.split('\n').forEach((line, i) => {
      if (line.trim() !== '') jsonLine(builder, i + 1, line)
    })
    return builder
  }
}

function jsonLine(builder: ReadingBuilder, line: number, text: string): void {
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return builder.refuse(line, { reason: 'notJson', message: 'The line is not JSON.' }, text)
  }
  if (isObject(record)) builder.row(line, scalarFields(record), text)
  else builder.refuse(line, { reason: 'schema', message: 'A record is a JSON object.' }, text)
}
