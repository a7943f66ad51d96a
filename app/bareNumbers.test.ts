import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** The rooms whose business is to turn numbers into text: the figure, clocks and spans, and the axes of charts. */
const FORMATTERS = ['app/ui/figure/formatNumber.ts', 'app/time/format.ts']

const root = new URL('..', import.meta.url).pathname
const sources = (readdirSync(join(root, 'app'), { recursive: true }) as string[])
  .map((file) => `app/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))

test('numbers become text in two files alone', () => {
  const makers =
    /\.toFixed\(|\.toPrecision\(|\.toLocaleString\(|NumberFormat\(|DateTimeFormat\(|useFormatter|\.toISOString\(/
  // Attributes of SVG and CSS are geometry; Intl's zone is asked for its name.
  const geometry = /(linePaths|chartScale|ribbonScale|Pairing)\.tsx?$/
  const found = sources.filter(
    (file) => !FORMATTERS.includes(file) && !geometry.test(file) && makers.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(found).toEqual([])
})

test('no component prints a bare number: every number between tags went through Figure or a formatter', () => {
  const components = sources.filter((file) => file.endsWith('.tsx'))
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const program = ts.createProgram(
    components.map((file) => join(root, file)),
    { ...options, incremental: false, noEmit: true },
  )
  const found = components.flatMap((file) => bareNumbers(program, join(root, file)))
  expect(components.length).toBeGreaterThan(20)
  expect(found).toEqual([])
}, 120_000)

test('the check itself sees a bare number', () => {
  const file = '/sample.tsx'
  const text =
    'declare namespace JSX { interface IntrinsicElements { b: object } }\nconst n: number = 3\nexport const a = <b>{n}</b>, c = <b>{`${n} m`}</b>, d = <b>{n === 3 ? "three" : "more"}</b>'
  const host = ts.createCompilerHost({})
  const original = host.getSourceFile.bind(host)
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version, true) : original(name, version)
  const program = ts.createProgram([file], { jsx: ts.JsxEmit.Preserve, strict: true, types: [] }, host)
  expect(bareNumbers(program, file)).toHaveLength(2)
})

/** Places of JSX text whose type is a number, or a template that is filled with one. */
function bareNumbers(program: ts.Program, path: string): string[] {
  const source = program.getSourceFile(path)
  if (source === undefined) throw new Error(`${path} is not in the program.`)
  const checker = program.getTypeChecker()
  const found: string[] = []
  const isNumber = (node: ts.Expression): boolean => isNumeric(checker.getTypeAtLocation(node))
  // `${n} m`, also as a branch of a condition; what stands in a nested element is visited by itself.
  const filledWithNumber = (node: ts.Expression): boolean =>
    (ts.isTemplateExpression(node) && node.templateSpans.some((span) => isNumber(span.expression))) ||
    (ts.isConditionalExpression(node) && (filledWithNumber(node.whenTrue) || filledWithNumber(node.whenFalse)))
  const visit = (node: ts.Node): void => {
    if (ts.isJsxExpression(node) && node.expression !== undefined && !ts.isJsxAttribute(node.parent)) {
      const { expression } = node
      if (isNumber(expression) || filledWithNumber(expression))
        found.push(`${path.slice(root.length)}: ${expression.getText(source)}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isNumeric(type: ts.Type): boolean {
  // A union with an element in it is ReactNode: what is handed in was checked where it was made.
  if (type.isUnion())
    return type.types.some(isNumeric) && !type.types.some((one) => (one.flags & ts.TypeFlags.Object) !== 0)
  if (type.isIntersection()) return type.types.some(isNumeric)
  return (type.flags & ts.TypeFlags.NumberLike) !== 0
}
