import { withoutComments } from './statements'

/*
 * The same migrations for a cluster: every table becomes a replicated `<table>_local` on each shard and a Distributed
 * table of the old name before them. Rows of one key live on one shard, or ReplacingMergeTree could not replace.
 */

const NAME = String.raw`((?:\w+\.)?\w+)`
const CREATE_TABLE = new RegExp(String.raw`^CREATE TABLE (IF NOT EXISTS )?${NAME}`, 'i')
const ENGINE = /\bENGINE\s*=\s*(\w*MergeTree)\s*(?:\(([^)]*)\))?/i
const CREATE_OTHER = new RegExp(
  String.raw`^(CREATE (?:OR REPLACE )?(?:VIEW|DICTIONARY|DATABASE|FUNCTION) (?:IF NOT EXISTS )?)${NAME}`,
  'i',
)
const ALTER = new RegExp(String.raw`^ALTER TABLE ${NAME}\s+([\s\S]+)$`, 'i')
const DROP = new RegExp(String.raw`^((?:DROP (?:TABLE|VIEW|DICTIONARY)|TRUNCATE TABLE) (?:IF EXISTS )?)${NAME}`, 'i')

/** A statement that cannot be carried to a cluster by rule; it must be written so that it can. */
export class NotClusterable extends Error {
  readonly retry = false
}

/**
 * One statement of a migration as the statements that do the same on `cluster`.
 * @throws NotClusterable for a form this does not know.
 */
export function forCluster(statement: string, cluster: string): string[] {
  const sql = oneSpaced(withoutComments(statement))
  if (CREATE_TABLE.test(sql)) return createTable(sql, cluster)
  const other = CREATE_OTHER.exec(sql)
  if (other) return [sql.replace(CREATE_OTHER, `$1$2 ON CLUSTER ${cluster}`)]
  const alter = ALTER.exec(sql)
  if (alter) return alterTable(alter, cluster)
  if (DROP.test(sql)) return dropTable(sql, cluster)
  throw new NotClusterable(`This statement has no form for a cluster: ${sql.slice(0, 80)}`)
}

function createTable(sql: string, cluster: string): string[] {
  const [, , name] = CREATE_TABLE.exec(sql) ?? []
  const engine = ENGINE.exec(sql)
  if (name === undefined) throw new NotClusterable(`A table without name: ${sql.slice(0, 80)}`)
  if (engine === null) throw new NotClusterable(`${name}: only tables of the MergeTree family are replicated.`)
  const [written, family, args] = engine
  const replica = `'/clickhouse/tables/{shard}/{database}/${name}_local', '{replica}'`
  const given = args === undefined || args.trim() === '' ? '' : `, ${args}`
  const local = sql
    .replace(CREATE_TABLE, `CREATE TABLE IF NOT EXISTS ${name}_local ON CLUSTER ${cluster}`)
    .replace(written, `ENGINE = Replicated${family}(${replica}${given})`)
  return [local, distributed(name, cluster, shardKey(sql, name))]
}

const distributed = (name: string, cluster: string, key: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} ON CLUSTER ${cluster} AS ${name}_local ` +
  `ENGINE = Distributed(${cluster}, currentDatabase(), ${name}_local, ${key})`

/** The first two columns of the sorting key: a stream of a world stays on one shard, and all of its versions. */
function shardKey(sql: string, name: string): string {
  const sorting = /\bORDER BY\s+(?:\(([^)]*)\)|(\w+))/i.exec(sql)
  const columns = (sorting?.[1] ?? sorting?.[2] ?? '').split(',').map((column) => column.trim())
  const used = columns.filter((column) => /^\w+$/.test(column)).slice(0, 2)
  if (used.length === 0) throw new NotClusterable(`${name}: its ORDER BY has no plain column to shard by.`)
  return `cityHash64(${used.join(', ')})`
}

function alterTable([, name, change]: RegExpExecArray, cluster: string): string[] {
  if (name === undefined || change === undefined) throw new NotClusterable('ALTER TABLE without a change.')
  const local = `ALTER TABLE ${name}_local ON CLUSTER ${cluster} ${change}`
  // A Distributed table has columns, but no index, projection, TTL, setting or codec of its own.
  const seen = /^(ADD|DROP|MODIFY|RENAME) COLUMN/i.test(change) && !/\b(TTL|CODEC|MODIFY SETTING)\b/i.test(change)
  return seen ? [local, `ALTER TABLE ${name} ON CLUSTER ${cluster} ${change}`] : [local]
}

function dropTable(sql: string, cluster: string): string[] {
  const plain = sql.replace(DROP, `$1$2 ON CLUSTER ${cluster}`)
  if (!/^(DROP|TRUNCATE) TABLE/i.test(sql)) return [plain]
  const local = sql.replace(DROP, `$1$2_local ON CLUSTER ${cluster}`)
  return /^TRUNCATE/i.test(sql) ? [local] : [plain, local]
}

const oneSpaced = (sql: string): string => sql.replace(/\s+/g, ' ').trim()
