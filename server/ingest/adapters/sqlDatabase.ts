import { createConnection } from 'mysql2/promise'
import type { Postgres } from '@/platform/postgres/postgres'

export type SqlRow = Readonly<Record<string, unknown>>

/** A foreign database that is asked one SELECT. */
export interface SqlDatabase {
  /** Rows of the statement; `$watermark` and `$limit` in it are bound, never pasted. @throws Error of the driver */
  ask(query: string, values: { readonly watermark: string; readonly limit: number }): Promise<readonly SqlRow[]>
  close(): Promise<void>
}

/** Opens a database by its address. Another dialect is another entry here. */
export function openSqlDatabase(
  dialect: 'postgresql' | 'mysql',
  url: string,
  openPostgres: (url: string) => Postgres,
): SqlDatabase {
  return dialect === 'mysql' ? mySql(url) : postgreSql(openPostgres(url))
}

function postgreSql(db: Postgres): SqlDatabase {
  return {
    async ask(query, { watermark, limit }) {
      const connection = await db.connection()
      try {
        // What another department lets us read is only read, whatever the statement says.
        await connection.run('BEGIN READ ONLY')
        const text = query.replaceAll('$watermark', '$1').replaceAll('$limit', '$2')
        const values = query.includes('$limit') ? [watermark, limit] : [watermark]
        return await connection.query({ name: '', text, values })
      } finally {
        connection.release(true)
      }
    },
    close: () => db.close(),
  }
}

/** Numbers beyond 2^53 as their digits. */
const EXACT = { supportBigNumbers: true, bigNumberStrings: true } as const

function mySql(url: string): SqlDatabase {
  return {
    async ask(query, { watermark, limit }) {
      const connection = await createConnection({ uri: url, dateStrings: true, connectTimeout: 5_000, ...EXACT })
      try {
        await connection.query('START TRANSACTION READ ONLY')
        const values: (string | number)[] = []
        const text = query.replace(/\$(watermark|limit)/g, (_whole, name: string) => {
          values.push(name === 'limit' ? limit : watermark)
          return '?'
        })
        const [rows] = await connection.query(text, values)
        return rows as SqlRow[]
      } finally {
        connection.destroy()
      }
    },
    close: () => Promise.resolve(),
  }
}
