import type { Postgres, Transaction } from './postgres'

/**
 * Runs `fn` in one transaction: committed when it returns, rolled back when it throws. A deadlock or serialisation
 * failure is thrown as Unavailable (retry is true); the caller decides whether its whole command may run again.
 */
export async function inTransaction<Value>(db: Postgres, fn: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const connection = await db.connection()
  let broken = false
  connection.onLost(() => (broken = true))
  try {
    await connection.run('BEGIN')
    const value = await fn(connection)
    await connection.run('COMMIT')
    return value
  } catch (cause) {
    await connection.run('ROLLBACK').catch(() => (broken = true))
    throw cause
  } finally {
    connection.release(broken)
  }
}
