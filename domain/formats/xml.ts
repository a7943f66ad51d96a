import { type Result, err, ok } from '../result'

/** An element with its local name and namespace. `text` is its own character data in order, CDATA included. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  /** By the name as written, without namespace declarations. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
  /** Where the element stands in the document: from its `<` to behind its `>`. */
  readonly start: number
  readonly end: number
}

export interface XmlRefusal {
  readonly reason: 'xmlHostile' | 'xmlTooLarge' | 'xmlMalformed'
  readonly message: string
}

/** Bounds of one document; nothing outside of it is ever fetched. */
export interface XmlLimits {
  readonly chars: number
  readonly depth: number
  readonly elements: number
  readonly attributes: number
}

export const XML_LIMITS: XmlLimits = { chars: 16 * 1024 ** 2, depth: 64, elements: 200_000, attributes: 64 }

interface OpenElement {
  readonly qualified: string
  readonly scope: ReadonlyMap<string, string>
  readonly start: number
  readonly element: { -readonly [Field in keyof XmlElement]: XmlElement[Field] } & { children: XmlElement[] }
}

const NAME = /[A-Za-z_:\u00C0-\uFFFD][\w.\-:\u00B7\u00C0-\uFFFD]*/y
const ATTRIBUTE = /\s+([A-Za-z_:\u00C0-\uFFFD][\w.\-:\u00B7\u00C0-\uFFFD]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y
const CLOSE_TAG = /<\/([A-Za-z_:\u00C0-\uFFFD][\w.\-:\u00B7\u00C0-\uFFFD]*)\s*>/y
const FORBIDDEN = /[^\t\n\r\u0020-\uFFFD]/
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/** Thrown inside the reader alone; `parseXml` turns it into a value. */
class XmlProblem extends Error {
  readonly refusal: XmlRefusal

  constructor(reason: XmlRefusal['reason'], message: string) {
    super(message)
    this.refusal = { reason, message }
  }
}

const malformed = (message: string, at: number): XmlProblem =>
  new XmlProblem('xmlMalformed', `${message} at character ${at + 1}.`)

/** Reads one document: no DTD, no entity but the five, bounds on everything. Work is linear in its length. */
export function parseXml(text: string, limits: XmlLimits = XML_LIMITS): Result<XmlElement, XmlRefusal> {
  if (text.length > limits.chars) {
    return err({ reason: 'xmlTooLarge', message: `The document has more than ${limits.chars} characters.` })
  }
  try {
    return ok(new XmlReader(text, limits).read())
  } catch (cause) {
    if (cause instanceof XmlProblem) return err(cause.refusal)
    throw cause
  }
}

class XmlReader {
  readonly #text: string
  readonly #limits: XmlLimits
  readonly #open: OpenElement[] = []
  #at = 0
  #elements = 0
  #root: XmlElement | undefined

  constructor(text: string, limits: XmlLimits) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text
    this.#limits = limits
  }

  read(): XmlElement {
    const bad = FORBIDDEN.exec(this.#text)
    if (bad !== null) throw malformed('A control character stands', bad.index)
    while (this.#at < this.#text.length) {
      if (this.#text.charCodeAt(this.#at) === 60) this.#markup()
      else this.#characters()
    }
    const left = this.#open.at(-1)
    if (left !== undefined) throw malformed(`<${left.qualified}> is not closed`, left.start)
    if (this.#root === undefined) throw malformed('There is no element', 0)
    return this.#root
  }

  #characters(): void {
    const next = this.#text.indexOf('<', this.#at)
    const end = next < 0 ? this.#text.length : next
    const raw = this.#text.slice(this.#at, end)
    const open = this.#open.at(-1)
    if (open !== undefined) open.element.text += this.#expanded(raw, this.#at)
    else if (raw.trim() !== '') throw malformed('Text stands outside the root', this.#at)
    this.#at = end
  }

  #markup(): void {
    const text = this.#text
    const at = this.#at
    if (text.startsWith('<!--', at)) return this.#skip('<!--', '-->')
    if (text.startsWith('<![CDATA[', at)) return this.#cdata()
    if (text.startsWith('<?', at)) return this.#skip('<?', '?>')
    if (text.startsWith('<!', at)) {
      throw new XmlProblem('xmlHostile', 'A document type declaration or an entity is not read: remove it.')
    }
    if (text.startsWith('</', at)) return this.#close()
    this.#start()
  }

  #skip(from: string, to: string): void {
    const end = this.#text.indexOf(to, this.#at + from.length)
    if (end < 0) throw malformed(`${from} is not closed`, this.#at)
    this.#at = end + to.length
  }

  #cdata(): void {
    const open = this.#open.at(-1)
    if (open === undefined) throw malformed('CDATA stands outside the root', this.#at)
    const from = this.#at + '<![CDATA['.length
    this.#skip('<![CDATA[', ']]>')
    open.element.text += this.#text.slice(from, this.#at - ']]>'.length)
  }

  #start(): void {
    const start = this.#at
    NAME.lastIndex = start + 1
    const qualified = NAME.exec(this.#text)?.[0]
    if (qualified === undefined) throw malformed('A tag has no name', start)
    if (this.#root !== undefined && this.#open.length === 0) throw malformed('There is a second root', start)
    if (this.#open.length >= this.#limits.depth) {
      throw new XmlProblem('xmlTooLarge', `Elements lie more than ${this.#limits.depth} deep.`)
    }
    if (++this.#elements > this.#limits.elements) {
      throw new XmlProblem('xmlTooLarge', `There are more than ${this.#limits.elements} elements.`)
    }
    this.#at = NAME.lastIndex
    const { attributes, scope } = this.#attributes(this.#open.at(-1)?.scope ?? new Map([['xml', XML_NAMESPACE]]))
    TAG_END.lastIndex = this.#at
    const end = TAG_END.exec(this.#text)
    if (end === null) throw malformed(`The tag <${qualified} is not well-formed`, start)
    this.#at = TAG_END.lastIndex
    const { name, namespace } = resolved(qualified, scope, start)
    const element = { name, namespace, attributes, children: [], text: '', start, end: this.#at }
    this.#open.push({ qualified, scope, start, element })
    if (end[1] === '/') this.#finish()
  }

  #attributes(outer: ReadonlyMap<string, string>): {
    attributes: Record<string, string>
    scope: ReadonlyMap<string, string>
  } {
    const attributes: Record<string, string> = {}
    const scope = new Map<string, string>()
    for (let count = 0; ; count++) {
      ATTRIBUTE.lastIndex = this.#at
      const found = ATTRIBUTE.exec(this.#text)
      if (found === null) return { attributes, scope: scope.size === 0 ? outer : this.#scope(outer, scope) }
      const name = found[1] ?? ''
      if (count >= this.#limits.attributes) {
        throw new XmlProblem('xmlTooLarge', `A tag has more than ${this.#limits.attributes} attributes.`)
      }
      if (Object.hasOwn(attributes, name)) throw malformed(`The attribute ${name} is there twice`, this.#at)
      const value = this.#expanded(found[2] ?? found[3] ?? '', this.#at)
      const prefix = /^xmlns(?::(.*))?$/.exec(name)
      if (prefix !== null) scope.set(prefix[1] ?? '', value)
      else Object.defineProperty(attributes, name, { value, enumerable: true, writable: true, configurable: true })
      this.#at = ATTRIBUTE.lastIndex
    }
  }

  /** One copy an element, and not many names: else a small document makes a large table again and again. */
  #scope(outer: ReadonlyMap<string, string>, own: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const scope = new Map([...outer, ...own])
    if (scope.size > this.#limits.attributes) throw new XmlProblem('xmlTooLarge', 'There are too many namespaces.')
    return scope
  }

  #close(): void {
    CLOSE_TAG.lastIndex = this.#at
    const found = CLOSE_TAG.exec(this.#text)
    const open = this.#open.at(-1)
    if (found === null || open === undefined || open.qualified !== found[1]) {
      throw malformed('A closing tag does not match', this.#at)
    }
    this.#at = CLOSE_TAG.lastIndex
    this.#finish()
  }

  #finish(): void {
    const done = this.#open.pop()
    if (done === undefined) return
    done.element.end = this.#at
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = done.element
    else parent.element.children.push(done.element)
  }

  #expanded(raw: string, at: number): string {
    if (!raw.includes('&')) return raw
    return raw.replace(/&([^;\s&]{0,12});?/g, (whole, name: string) => {
      const value = whole.endsWith(';') ? entity(name) : undefined
      if (value === undefined) throw malformed(`${whole.slice(0, 14)} is no entity that is read`, at)
      return value
    })
  }
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  const valid = Number.isInteger(code) && code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code < 0xe000)
  if (!valid) return undefined
  const text = String.fromCodePoint(code)
  return FORBIDDEN.test(text) ? undefined : text
}

function resolved(
  qualified: string,
  scope: ReadonlyMap<string, string>,
  at: number,
): { name: string; namespace: string } {
  const colon = qualified.indexOf(':')
  if (colon < 0) return { name: qualified, namespace: scope.get('') ?? '' }
  const namespace = scope.get(qualified.slice(0, colon))
  if (namespace === undefined) throw malformed(`The prefix of ${qualified} is not declared`, at)
  return { name: qualified.slice(colon + 1), namespace }
}

/** The first child of this name. */
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name)

/** Trimmed text of the first child of this name; `undefined` where there is none. */
export const childText = (element: XmlElement, name: string): string | undefined => childOf(element, name)?.text.trim()

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in an element or in an attribute with double quotes. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (found) => ESCAPES[found] ?? found)
