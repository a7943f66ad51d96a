import { zip } from './zip'

/** A piece of a document, top to bottom. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly [label: string, text: string])[] }

/** A Word document (OOXML) that WPS and Word open: A4, Song type, a title, text, and tables of label and text. */
export function docx(blocks: readonly Block[]): Buffer {
  const file = (name: string, text: string) => ({ name, bytes: Buffer.from(`${XML}${text}`, 'utf8') })
  return zip([
    file('[Content_Types].xml', CONTENT_TYPES),
    file('_rels/.rels', RELATIONS),
    file('word/document.xml', document(blocks)),
  ])
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const CONTENT_TYPES =
  `<Types xmlns="${PACKAGE}/content-types">` +
  `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Default Extension="xml" ContentType="application/xml"/>` +
  `<Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`
const RELATIONS =
  `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" ` +
  `Type="${OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
/** A4 in twentieths of a point, margins of the official paper (37 mm above, 28 mm left). */
const PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>' +
  '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
const BORDER = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
  .join('')

const document = (blocks: readonly Block[]): string =>
  `<w:document xmlns:w="${WORD}"><w:body>${blocks.map(block).join('')}${PAGE}</w:body></w:document>`

function block(one: Block): string {
  switch (one.kind) {
    case 'title':
      return paragraph(one.text, { size: 44, bold: true, centred: true })
    case 'text':
      return paragraph(one.text, { size: 28 })
    case 'table': {
      const rows = one.rows.map(([label, text]) => `<w:tr>${cell(label, 2200, true)}${cell(text, 6600, false)}</w:tr>`)
      return `<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/><w:tblBorders>${BORDER}</w:tblBorders></w:tblPr>${rows.join('')}</w:tbl>`
    }
  }
}

const cell = (text: string, width: number, bold: boolean): string =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${text
    .split('\n')
    .map((line) => paragraph(line, { size: 24, bold }))
    .join('')}</w:tc>`

interface Type {
  /** Half points. */
  readonly size: number
  readonly bold?: boolean
  readonly centred?: boolean
}

function paragraph(text: string, { size, bold = false, centred = false }: Type): string {
  const place = centred ? '<w:pPr><w:jc w:val="center"/></w:pPr>' : ''
  const font = '<w:rFonts w:ascii="SimSun" w:hAnsi="SimSun" w:eastAsia="SimSun"/>'
  const run = `<w:rPr>${font}${bold ? '<w:b/>' : ''}<w:sz w:val="${size}"/></w:rPr>`
  return `<w:p>${place}<w:r>${run}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML may hold it: whatever XML has no place for (controls, lone surrogates) is left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? '')
