import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CityModel } from '@/domain/city/cityModel'
import { LEDGER_FILE, decodeLedger } from '@/domain/city/codeLedger'
import type { KeptCode } from '@/domain/city/componentCode'
import { SourceRefused } from './refused'

/** Codes that an older package gave. @throws SourceRefused when the folder holds no ledger */
export async function readKeptCodes(folder: string): Promise<readonly KeptCode[]> {
  const file = join(folder, LEDGER_FILE)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened; --keep-codes takes the folder of an imported package.', { cause })
  })
  const ledger = decodeLedger(text)
  if (ledger === undefined) throw new SourceRefused(file, 'is no list of codes.')
  return ledger
}

/** `codes: 20 kept, 3 new, 1 of objects that are gone` */
export function keptSentence(kept: readonly KeptCode[], model: CityModel): string {
  const { buildings, roads, areas, lines, facilities, codes = [] } = model
  const before = new Set<string>(kept.map(({ code }) => code))
  const now = [buildings, roads, areas, lines, facilities].flatMap((list) => list.map(({ code }) => code))
  const same = now.filter((code) => before.has(code)).length
  return `codes: ${same} kept, ${now.length - same} new, ${codes.length - now.length} of objects that are gone`
}
