/**
 * Cuts a file of SQL into statements at `;`, minding quotes and comments. Comments stay with the statement that
 * follows them; empty statements are left out.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = []
  let start = 0
  let at = 0
  while (at < sql.length) {
    if (sql[at] === ';') {
      statements.push(sql.slice(start, at))
      start = at + 1
    }
    at = skip(sql, at)
  }
  statements.push(sql.slice(start))
  return statements.map((statement) => statement.trim()).filter((statement) => withoutComments(statement) !== '')
}

/** The statement with comments replaced by a space, outside of quotes; trimmed. */
export function withoutComments(sql: string): string {
  let out = ''
  let at = 0
  while (at < sql.length) {
    const next = skip(sql, at)
    out += isComment(sql, at) ? ' ' : sql.slice(at, next)
    at = next
  }
  return out.trim()
}

const isComment = (sql: string, at: number): boolean => sql.startsWith('--', at) || sql.startsWith('/*', at)

/** Position after the character, quoted text or comment that begins at `at`. */
function skip(sql: string, at: number): number {
  if (sql.startsWith('--', at)) return endOf(sql, '\n', at)
  if (sql.startsWith('/*', at)) return endOf(sql, '*/', at + 2)
  const quote = sql[at]
  if (quote !== "'" && quote !== '"' && quote !== '`') return at + 1
  let end = at + 1
  while (end < sql.length && sql[end] !== quote) end += sql[end] === '\\' ? 2 : 1
  return end + 1
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from)
  return found === -1 ? sql.length : found + mark.length
}
