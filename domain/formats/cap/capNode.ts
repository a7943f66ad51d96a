import { type XmlElement, escapeXml } from '../xml'
import { ALERT, CAP_NAMESPACE, type CapField, SIGNATURE_NAMESPACE } from './capShape'

/** A block of a CAP message: for each element its texts or blocks, in their order. Nothing is checked here. */
export interface CapNode {
  readonly texts: ReadonlyMap<string, readonly string[]>
  readonly blocks: ReadonlyMap<string, readonly CapNode[]>
  /** Signatures, verbatim. */
  readonly signatures: readonly string[]
}

/** Reads what can be read of an alert, whatever its order and its namespace; unknown elements are left out. */
export function capNode(element: XmlElement, document: string, fields: readonly CapField[] = ALERT): CapNode {
  const texts = new Map<string, string[]>()
  const blocks = new Map<string, CapNode[]>()
  const signatures: string[] = []
  for (const child of element.children) {
    if (child.namespace === SIGNATURE_NAMESPACE) signatures.push(document.slice(child.start, child.end))
    const field = fields.find(({ name }) => name === child.name)
    if (field === undefined) continue
    if (isBlock(field)) push(blocks, child.name, capNode(child, document, field.type.fields))
    else push(texts, child.name, child.text)
  }
  return { texts, blocks, signatures }
}

function push<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [value])
  else list.push(value)
}

type BlockField = CapField & { readonly type: { readonly fields: readonly CapField[] } }

export const isBlock = (field: CapField): field is BlockField =>
  typeof field.type === 'object' && 'fields' in field.type

/** The first text of a name, trimmed; `undefined` where there is none or it is empty. */
export function capText(node: CapNode, name: string): string | undefined {
  const text = node.texts.get(name)?.[0]?.trim()
  return text === '' ? undefined : text
}

export const capTexts = (node: CapNode, name: string): readonly string[] =>
  (node.texts.get(name) ?? []).map((text) => text.trim()).filter((text) => text !== '')

export const capBlocks = (node: CapNode, name: string): readonly CapNode[] => node.blocks.get(name) ?? []

/** The value of the pair with this name, in eventCode, parameter or geocode; the case of the name does not count. */
export function capPair(node: CapNode, list: string, name: RegExp): string | undefined {
  const pair = capBlocks(node, list).find((one) => name.test(capText(one, 'valueName') ?? ''))
  return pair === undefined ? undefined : capText(pair, 'value')
}

/** One message that another names: `sender,identifier,sent`. */
export interface CapReference {
  readonly sender: string
  readonly identifier: string
  readonly sent: string
}

/** The references of an alert; those that are not three parts are left out. */
export function capReferences(alert: CapNode): readonly CapReference[] {
  return (capText(alert, 'references') ?? '').split(/\s+/).flatMap((text) => {
    const [sender, identifier, sent, more] = text.split(',')
    if (sender === undefined || identifier === undefined || sent === undefined || more !== undefined) return []
    return [{ sender, identifier, sent }]
  })
}

/** The message as a CAP 1.2 document, its elements in the order of the schema and every text as it was. */
export function writeCap(alert: CapNode): string {
  const inside = blockXml(alert, ALERT, '  ')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACE}">\n${inside}${alert.signatures.join('\n')}</alert>\n`
}

function blockXml(node: CapNode, fields: readonly CapField[], indent: string): string {
  return fields
    .map((field) => {
      if (isBlock(field)) {
        const { name } = field
        const inner = (block: CapNode): string => blockXml(block, field.type.fields, `${indent}  `)
        return capBlocks(node, name)
          .map((block) => `${indent}<${name}>\n${inner(block)}${indent}</${name}>\n`)
          .join('')
      }
      return (node.texts.get(field.name) ?? [])
        .map((text) => `${indent}<${field.name}>${escapeXml(text)}</${field.name}>\n`)
        .join('')
    })
    .join('')
}
