import { z } from 'zod'
import { AppError } from '../errors'
import type { Queryable } from './postgres'

type NoParams = z.ZodType<unknown, Readonly<Record<string, never>>>

interface SqlSpec<Params extends z.ZodType, Row extends z.ZodType> {
  /** The question, in camelCase, at most 63 letters; also the name of the prepared statement. */
  readonly name: string
  readonly params?: Params
  readonly row: Row
  /**
   * Parameters as `$name`. JSON goes in as text (`JSON.stringify`) with `$body::jsonb`, since a JavaScript array would
   * become a PostgreSQL array. int8 comes out as a number, timestamptz as epoch milliseconds.
   */
  readonly sql: string
}

/** The database gave a row that breaks the question's own schema: a defect of the question. */
export class UnexpectedDatabaseRow extends AppError {
  readonly retry = false
}

/**
 * One question, one file, in the same shape as defineQuery: parameters checked going in, rows coming out.
 * @throws ZodError for bad parameters, UnexpectedDatabaseRow, PostgresRefused, Unavailable.
 */
export function defineSql<Row extends z.ZodType, Params extends z.ZodType = NoParams>(
  spec: SqlSpec<Params, Row>,
): (db: Queryable, params: z.input<Params>) => Promise<z.output<Row>[]> {
  const { text, names } = byPosition(spec.sql)
  const paramsSchema = spec.params ?? z.object({})
  const rows = spec.row.array()
  return async function ask(db, params) {
    const checked = paramsSchema.parse(params) as Record<string, unknown>
    const values = names.map((name) => checked[name] ?? null)
    const parsed = rows.safeParse(await db.query({ name: spec.name, text, values }))
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    throw new UnexpectedDatabaseRow('database.unexpectedRow', { query: spec.name, where, detail: issue?.message })
  }
}

/** `$name` becomes `$1` …, one number a name. Quoted text keeps its dollars. */
export function byPosition(sql: string): { text: string; names: string[] } {
  const names: string[] = []
  const text = sql.replace(/'(?:[^']|'')*'|\$([a-zA-Z]\w*)/g, (all, name: string | undefined) => {
    if (name === undefined) return all
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { text, names }
}
