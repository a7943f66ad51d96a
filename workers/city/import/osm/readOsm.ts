import type { CityDraft } from '../cityDraft'
import type { ReportStep } from '../options'
import { readBuildings } from './buildings'
import { readSea } from './coastline'
import { readCover } from './cover'
import { readDivisions } from './divisions'
import type { DivisionLevels } from './divisions'
import { readFacilities } from './facilities'
import { readLines } from './lines'
import type { OsmData } from './osmData'
import { readPbf } from './readPbf'
import { readRoads } from './roads'
import { readTurnRules } from './turnRules'

/**
 * Reads extracts into the draft as one map: a way that one extract cuts is whole where another one holds its nodes, and
 * coastlines are closed once over all.
 * @throws SourceRefused
 */
export async function readOsm(
  files: readonly string[],
  draft: CityDraft,
  { levels, report }: { levels: DivisionLevels; report: ReportStep },
): Promise<void> {
  const data = await readExtracts(files, draft, report)
  if (data === undefined) return
  report({ step: 'making objects of the map' })
  for (const [reason, size] of data.broken) draft.tally.refused('osm', 'node', reason, size)
  draft.tally.taken('osm', 'node', data.nodeCount)
  const areas = readCover(data, draft)
  readBuildings(data, draft)
  const lines = readLines(data, draft)
  const roads = readRoads(data, draft)
  // One by one: a spread of half a million arguments overflows the stack.
  for (const area of [...areas, ...readSea(data, draft)]) draft.areas.push(area)
  for (const line of lines) draft.lines.push(line)
  for (const road of roads) draft.roads.push(road)
  for (const rule of readTurnRules(data, draft)) draft.turns.push(rule)
  for (const facility of readFacilities(data, draft)) draft.facilities.push(facility)
  for (const division of readDivisions(data, draft, levels)) draft.divisions.push(division)
}

const REPEATED = 'is in another extract too'

async function readExtracts(
  files: readonly string[],
  draft: CityDraft,
  report: ReportStep,
): Promise<OsmData | undefined> {
  let all: OsmData | undefined
  for (const file of files) {
    const data = await readPbf(file, (share) => report({ step: `reading ${file}`, share }))
    if (data.newest > 0) draft.dates.push(dayOf(data.newest))
    growBounds(data, draft)
    if (all === undefined) all = data
    else {
      const { nodes, ways, relations } = all.absorb(data)
      draft.tally.refused('osm', 'node', REPEATED, nodes)
      draft.tally.refused('osm', 'way', REPEATED, ways)
      draft.tally.refused('osm', 'relation', REPEATED, relations)
    }
  }
  return all
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/** The header's box where it says one, cut to what is there: some writers say half the globe. */
function growBounds(data: OsmData, draft: CityDraft): void {
  if (data.nodeCount === 0) return
  const extent = data.extent()
  const box = data.box ?? extent
  draft.bounds.add(Math.max(box[0], extent[0]), Math.max(box[1], extent[1]))
  draft.bounds.add(Math.min(box[2], extent[2]), Math.min(box[3], extent[3]))
}
