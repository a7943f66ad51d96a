import type { CityModel } from '@/domain/city/cityModel'

/** Objects of a city by kind and class, sorted by name: `buildings`, `roads.primary`, `facilities.hospital`. */
export function countsOf(model: CityModel): Record<string, number> {
  const counts = new Map<string, number>()
  const add = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)
  const both = (kind: string, detail: string): void => {
    add(kind)
    add(`${kind}.${detail}`)
  }
  for (const { heightSource } of model.buildings) both('buildings', heightSource)
  for (const { class: kind, bridge, tunnel, underpass } of model.roads) {
    both('roads', kind)
    if (bridge) add('roads.bridges')
    if (tunnel) add('roads.tunnels')
    if (underpass) add('roads.underpasses')
  }
  for (const { class: kind } of model.areas) both('areas', kind)
  for (const { class: kind } of model.lines) both('lines', kind)
  for (const { kind } of model.facilities) both('facilities', kind)
  for (const { level } of model.divisions) both('divisions', level)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
