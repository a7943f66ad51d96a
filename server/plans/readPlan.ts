import { LineCounter, parseDocument } from 'yaml'
import { Plan } from '@/domain/plan/plan'
import { err, ok } from '@/domain/result'
import type { Result } from '@/domain/result'

/** A plan from its YAML, or why it is none: each problem with its line and what to do. */
export function readPlan(text: string): Result<Plan, readonly string[]> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken !== undefined) return err([`${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0] ?? ''}`])
  const parsed = Plan.safeParse(plainOf(document))
  if (parsed.success) return ok(parsed.data)
  return err(
    parsed.error.issues.map(({ path, message }) => {
      const steps = path.map((step) => (typeof step === 'symbol' ? String(step) : step))
      const line = lines.linePos(offsetOf(document, steps)).line
      return `${line}: ${steps.join('.')} ${message}`
    }),
  )
}

/** Plans hold no aliases: a document of these could fill the memory. */
function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    return undefined
  }
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0])
    }
  }
  return 0
}
