import type { Case } from './caseFile'
import { BadCases, readCaseFiles } from './caseFile'
import { difference } from './compare'
import { openDataFiles } from './dataFiles'
import { NoData } from './kind'
import type { CaseFiles, Kind } from './kind'
import { models } from './models'

type Verdict = 'passed' | 'missed' | 'notBuilt' | 'noData' | 'comparison'

/** Published numbers to compare with, and corpora of instances: no function is under test. */
const COMPARISON = /anchor$|_bks$/

interface Tally {
  readonly counts: Record<Verdict, number>
  readonly reasons: string[]
}

const tallyOf = (): Tally => ({
  counts: { passed: 0, missed: 0, notBuilt: 0, noData: 0, comparison: 0 },
  reasons: [],
})

export interface VectorsRequest {
  readonly folder: string
  /** Folder of the public data sets; a case that needs one of them is counted apart when it is not there. */
  readonly data: string
  readonly print: (line: string) => void
}

/** Runs every check case of a folder. Exit code: 0, 1 when a kernel missed a case, 2 when the cases cannot be read. */
export function runVectors({ folder, data, print }: VectorsRequest): number {
  try {
    const files = openDataFiles(data)
    const all = tallyOf()
    for (const { model, cases } of readCaseFiles(folder)) {
      const kinds = new Map<string, Tally>()
      for (const [name, own] of byKind(cases))
        kinds.set(name, judgeKind(own, { name, known: models[model]?.[name], files }))
      for (const { counts } of kinds.values()) add(all, counts)
      report(model, kinds, print)
    }
    print(`\n${words(all)}`)
    return all.counts.missed > 0 ? 1 : 0
  } catch (cause) {
    if (!(cause instanceof BadCases)) throw cause
    print(cause.message)
    return 2
  }
}

interface Question {
  readonly name: string
  readonly known: Kind | undefined
  readonly files: CaseFiles
}

function byKind(cases: readonly Case[]): Map<string, Case[]> {
  const kinds = new Map<string, Case[]>()
  for (const one of cases) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one])
  return kinds
}

function judgeKind(cases: readonly Case[], question: Question): Tally {
  const tally = tallyOf()
  const answered: { got: unknown; expected: unknown }[] = []
  for (const one of cases) {
    const { verdict, reason, got } = judge(one, question)
    tally.counts[verdict]++
    if (verdict === 'passed') answered.push({ got, expected: one.expected })
    if (reason !== undefined) tally.reasons.push(`${one.id}: ${reason}`)
  }
  const together = answered.length > 0 ? question.known?.corpus?.(answered) : undefined
  if (together !== undefined) {
    tally.counts.missed += answered.length
    tally.counts.passed -= answered.length
    tally.reasons.push(`all together: ${together}`)
  }
  return tally
}

interface Judged {
  readonly verdict: Verdict
  readonly reason?: string
  readonly got?: unknown
}

function judge(one: Case, { name, known, files }: Question): Judged {
  if (COMPARISON.test(name)) return { verdict: 'comparison' }
  if (known === undefined) return { verdict: 'notBuilt' }
  try {
    const got = known.answer(one.input, files)
    const reason = wrongIn(got, one, known)
    return reason === undefined ? { verdict: 'passed', got } : { verdict: 'missed', reason }
  } catch (cause) {
    if (cause instanceof NoData) return { verdict: 'noData', reason: cause.message }
    const words = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ').slice(0, 200) : 'failed'
    return { verdict: 'missed', reason: words }
  }
}

/** A kind that is judged as a corpus has no right answer of one case. */
function wrongIn(got: unknown, one: Case, known: Kind): string | undefined {
  if (known.corpus !== undefined) return undefined
  return known.judge === undefined ? compareCase(got, one, known) : known.judge(got, one.expected)
}

function compareCase(got: unknown, { expected, tol }: Case, { oneOfMany = [] }: Kind): string | undefined {
  const digits = /(\d) significant digits/.exec(tol.rule ?? '')?.[1]
  const asked = isRecord(expected)
    ? Object.fromEntries(Object.entries(expected).filter(([key]) => !oneOfMany.includes(key)))
    : expected
  const tolerance = { abs: tol.abs, rel: tol.rel }
  return difference(got, asked, digits === undefined ? tolerance : { ...tolerance, digits: Number(digits) })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function report(model: string, kinds: ReadonlyMap<string, Tally>, print: (line: string) => void): void {
  const sum = tallyOf()
  for (const { counts } of kinds.values()) add(sum, counts)
  print(`\n${model}: ${words(sum)}`)
  for (const [name, tally] of kinds) {
    print(`  ${name.padEnd(28)} ${words(tally)}`)
    for (const reason of tally.reasons) print(`      ${reason}`)
  }
}

function add(sum: Tally, counts: Tally['counts']): void {
  for (const verdict of Object.keys(counts) as Verdict[]) sum.counts[verdict] += counts[verdict]
}

function words({ counts }: Tally): string {
  const tested = counts.passed + counts.missed
  const others = [
    [counts.notBuilt, 'not built'],
    [counts.noData, 'without their data set'],
    [counts.comparison, 'for comparison only'],
  ] as const
  const parts = others.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  if (tested > 0 || parts.length === 0) parts.unshift(`${counts.passed}/${tested} passed`)
  return parts.join(', ')
}
