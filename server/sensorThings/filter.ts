import { InvalidInput } from '@/platform/errors'

/** A $filter expression: literals, names of properties and calls; operators are calls too. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly Expression[] }

/** Binding strength of OData's infix operators, the weakest first. */
const INFIX = [['or'], ['and'], ['eq', 'ne', 'gt', 'ge', 'lt', 'le'], ['add', 'sub'], ['mul', 'div', 'mod']] as const

const TOKEN =
  /\s*(geography'[^']*'|'(?:[^']|'')*'|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[@\p{L}_][\p{L}\p{N}_.@]*(?:\/[@\p{L}_][\p{L}\p{N}_.@-]*)*|[(),])/uy

const DEEPEST = 60

/** Reads a $filter or $orderby expression. @throws InvalidInput that says where it cannot go on */
export function parseFilter(text: string): Expression {
  const parser = new Parser(tokensOf(text))
  const expression = parser.infix(0, 0)
  parser.end()
  return expression
}

const refused = (detail: string): InvalidInput => new InvalidInput('sensorThings.badQuery', { detail })

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) throw refused(`cannot read "${text.slice(at, at + 20)}"`)
    tokens.push(token)
  }
  return tokens
}

class Parser {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  end(): void {
    const left = this.#tokens[this.#at]
    if (left !== undefined) throw refused(`"${left}" is too much`)
  }

  infix(level: number, depth: number): Expression {
    if (depth > DEEPEST) throw refused('the expression is nested too deeply')
    const operators: readonly string[] | undefined = INFIX[level]
    if (operators === undefined) return this.#single(depth + 1)
    let left = this.infix(level + 1, depth)
    for (
      let next = this.#tokens[this.#at];
      next !== undefined && operators.includes(next);
      next = this.#tokens[this.#at]
    ) {
      this.#at += 1
      left = { kind: 'call', name: next, of: [left, this.infix(level + 1, depth + 1)] }
    }
    return left
  }

  #single(depth: number): Expression {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw refused('the expression ends too early')
    if (token === '(') {
      const inner = this.infix(0, depth)
      this.#expect(')')
      return inner
    }
    if (token === 'not') return { kind: 'call', name: 'not', of: [this.infix(2, depth)] }
    if (this.#tokens[this.#at] === '(') return this.#call(token, depth)
    return literalOf(token) ?? { kind: 'name', path: token.split('/') }
  }

  #call(name: string, depth: number): Expression {
    this.#at += 1
    const of: Expression[] = []
    while (this.#tokens[this.#at] !== ')') {
      if (of.length > 0) this.#expect(',')
      of.push(this.infix(0, depth))
    }
    this.#at += 1
    return { kind: 'call', name: name.toLowerCase(), of }
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at++] !== token) throw refused(`"${token}" is missing`)
  }
}

function literalOf(token: string): Expression | undefined {
  if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' }
  if (token === 'null') return { kind: 'value', value: null }
  if (token.startsWith('geography')) return { kind: 'value', value: token.slice(10, -1) }
  if (token.startsWith("'")) return { kind: 'value', value: token.slice(1, -1).replaceAll("''", "'") }
  if (/^\d{4}-/.test(token)) return { kind: 'value', value: token }
  return /^-?\d/.test(token) ? { kind: 'value', value: Number(token) } : undefined
}
