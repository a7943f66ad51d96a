import { useMemo } from 'react'
import type { Queued } from '@/app/incidents/queue'
import type { MapPin } from './pins'

/** Incidents that have a place, as pins; the same list as long as nothing of it changed. */
export function usePins(queue: readonly Queued[], selected: Queued | undefined): readonly MapPin[] {
  const pins = queue.flatMap(({ incident, urgency }): MapPin[] => {
    const { longitude, latitude } = incident.place
    if (longitude === undefined || latitude === undefined) return []
    return [
      {
        key: incident.id,
        position: [longitude, latitude],
        urgency,
        label: String(incident.no),
        text: incident.title,
        selected: incident.id === selected?.incident.id,
      },
    ]
  })
  const said = JSON.stringify(pins)
  return useMemo(() => JSON.parse(said) as MapPin[], [said])
}
