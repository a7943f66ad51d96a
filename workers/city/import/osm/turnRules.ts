import type { TurnRule } from '@/domain/city/cityModel'
import type { CityDraft } from '../cityDraft'
import { partKey } from './osmAreas'
import type { OsmData, OsmMember, OsmRelation, Tags } from './osmData'

const KIND = 'turn restriction'
/** Tags that say what is forbidden, the most special first. */
const SAYING = ['restriction:motorcar', 'restriction:motor_vehicle', 'restriction'] as const
const EXCEPT_CARS = new Set(['motorcar', 'motor_vehicle', 'vehicle'])

/** Takes turn restrictions for cars at a node; those for some hours, some vehicles or over a way are refused with their reason. */
export function readTurnRules(data: OsmData, draft: CityDraft): TurnRule[] {
  const rules: TurnRule[] = []
  for (const relation of data.relations.values()) {
    if (!/^restriction(:|$)/.test(relation.tags.get('type') ?? '')) continue
    const rule = ruleOf(relation, data)
    if (typeof rule === 'string') draft.tally.refused('osm', KIND, rule)
    else {
      draft.tally.taken('osm', KIND)
      rules.push(rule)
    }
  }
  return rules
}

function ruleOf({ tags, members }: OsmRelation, data: OsmData): TurnRule | string {
  const said = SAYING.map((key) => tags.get(key)).find((value) => value !== undefined)
  if (said === undefined)
    return [...tags.keys()].some((key) => key.includes('conditional')) ? 'at some times only' : 'not for cars'
  if (exceptsCars(tags)) return 'not for cars'
  if (!/^(no|only)_/.test(said)) return 'says neither no nor only'
  const of = (role: string): OsmMember[] => members.filter((member) => member.role === role)
  const via = of('via')
  if (via.length !== 1 || via[0]!.type !== 'node')
    return via.some(({ type }) => type === 'way') ? 'over a way' : 'has no one node'
  const [from, to] = [sourcesOf(of('from'), data), sourcesOf(of('to'), data)]
  if (from.length === 0 || to.length === 0) return 'its roads are not in the extract'
  return { from, via: via[0]!.id, to, only: said.startsWith('only_') }
}

const exceptsCars = (tags: Tags): boolean =>
  (tags.get('except') ?? '').split(';').some((word) => EXCEPT_CARS.has(word.trim()))

/** Keys of the roads that the members became; a way cut at the border is several. */
function sourcesOf(members: readonly OsmMember[], data: OsmData): string[] {
  return members.flatMap(({ type, id }) => {
    const way = type === 'way' ? data.ways.get(id) : undefined
    if (way?.tags.has('highway') !== true) return []
    return data.lines(way.nodes).map((_, i) => partKey(`way/${id}`, i))
  })
}
