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
      for (const one of cases) judgeInto(kinds, all, { one, known: models[model]?.[one.kind], files })
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
  readonly one: Case
  readonly known: Kind | undefined
  readonly files: CaseFiles
}

function judgeInto(kinds: Map<string, Tally>, all: Tally, question: Question): void {
  const { one } = question
  const tally = kinds.get(one.kind) ?? tallyOf()
  kinds.set(one.kind, tally)
  const [verdict, reason] = judge(question)
  tally.counts[verdict]++
  all.counts[verdict]++
  if (reason !== undefined) tally.reasons.push(`${one.id}: ${reason}`)
}

function judge({ one, known, files }: Question): [Verdict, string?] {
  if (COMPARISON.test(one.kind)) return ['comparison']
  if (known === undefined) return ['notBuilt']
  try {
    const got = known.answer(one.input, files)
    const wrong = known.judge === undefined ? compareCase(got, one, known) : known.judge(got, one.expected)
    return wrong === undefined ? ['passed'] : ['missed', wrong]
  } catch (cause) {
    if (cause instanceof NoData) return ['noData', cause.message]
    return ['missed', cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ').slice(0, 200) : 'failed']
  }
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
  for (const { counts } of kinds.values())
    for (const verdict of Object.keys(counts) as Verdict[]) sum.counts[verdict] += counts[verdict]
  print(`\n${model}: ${words(sum)}`)
  for (const [name, tally] of kinds) {
    print(`  ${name.padEnd(28)} ${words(tally)}`)
    for (const reason of tally.reasons) print(`      ${reason}`)
  }
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
