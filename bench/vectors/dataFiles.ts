import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { CaseFiles } from './kind'
import { NoData } from './kind'

/** Data sets under `folder`: csv files, packed or not, whose last column is the value. */
export function openDataFiles(folder: string): CaseFiles {
  return {
    series: (name) => {
      const path = find(folder, name)
      if (path === undefined) throw new NoData(`${name} is not among the data sets`)
      const bytes = readFileSync(path)
      const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString()
      const [, ...lines] = text.trim().split('\n')
      return lines.map((line) => Number(line.slice(line.lastIndexOf(',') + 1)))
    },
  }
}

/** The file whose path ends like the path in a case: `NAB data/x/y.csv` finds `<set>/data/x/y.csv.gz`. */
function find(folder: string, name: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const tail = name.split(' ').at(-1) ?? name
  for (const set of readdirSync(folder)) {
    const found = [join(folder, set, tail), join(folder, set, `${tail}.gz`)].find((path) => existsSync(path))
    if (found !== undefined) return found
  }
  return undefined
}
