import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Tolerance = z.object({
  abs: z.union([z.number(), z.record(z.string(), z.number())]).default(0),
  rel: z.number().default(0),
  rule: z.string().optional(),
})

const Case = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.unknown(),
  expected: z.unknown(),
  tol: Tolerance.default({ abs: 0, rel: 0 }),
})
export type Case = z.infer<typeof Case>

const CaseFile = z.object({ model: z.string(), cases: z.array(Case) })
export type CaseFile = z.infer<typeof CaseFile>

/** A folder or file of cases cannot be read; the message says which and why. */
export class BadCases extends Error {}

/**
 * The case files of a folder, in the order of their names.
 * @throws BadCases when the folder is missing, has no .json or one of them is broken.
 */
export function readCaseFiles(folder: string): CaseFile[] {
  const names = jsonNames(folder)
  if (names.length === 0) throw new BadCases(`${folder} holds no .json file of check cases.`)
  return names.map((name) => readCaseFile(join(folder, name)))
}

function jsonNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch {
    throw new BadCases(`${folder} cannot be read: name the folder with the check cases.`)
  }
}

function readCaseFile(path: string): CaseFile {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new BadCases(`${path} is no JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`)
  }
  const parsed = CaseFile.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new BadCases(`${path} is no file of check cases: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
}
