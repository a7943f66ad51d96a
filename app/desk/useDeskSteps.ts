import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useSketch } from '@/app/fetch/questions'
import type { Queued } from '@/app/incidents/queue'
import { useNames } from '@/app/messages/locale'
import type { Camera } from '@/app/stage/camera'
import { useWall } from '@/app/wall/wallContext'
import type { DeskStep } from './acts/act'
import type { DeskCamera } from './map/useDeskCamera'
import { namedPlaces } from './places/namedPlaces'

/** Zoom of a place that somebody asked for: its streets can be read. */
const NEAR_ZOOM = 15

interface Ways {
  readonly camera: DeskCamera
  readonly select: (incident: string) => void
  readonly own: readonly DeskStep[]
  readonly queue: readonly Queued[]
}

/** What shows something and orders nothing: the desk's own pages, open incidents, every named place on the map. */
export function useDeskSteps({ camera, select, own, queue }: Ways): readonly DeskStep[] {
  const { world, index } = useWall()
  const t = useTranslations('desk')
  const kinds = useTranslations('desk.call.kind')
  const names = useNames()
  const sketch = useSketch(world.key).answer
  const places = useMemo(() => namedPlaces(index.catalogue, sketch), [index, sketch])
  const incidents = queue.map(
    ({ incident }): DeskStep => ({
      key: `show ${incident.id}`,
      title: t('aboutIncident', { no: incident.no, title: incident.title }),
      about: incident.place.text,
      words: [t('aboutIncident', { no: incident.no, title: incident.title }), incident.place.text, String(incident.no)],
      hint: t('hint.open'),
      go: () => select(incident.id),
    }),
  )
  const steps = places.map(
    ({ key, name, kind, longitude, latitude }): DeskStep => ({
      key: `place ${key}`,
      title: names(name),
      about: kinds(kind),
      words: [name['zh-CN'], name.en],
      hint: t('hint.fly'),
      go: () => camera.fly(nearTo(camera.camera, longitude, latitude)),
    }),
  )
  return [...own, ...incidents, ...steps]
}

export const nearTo = (camera: Camera, longitude: number, latitude: number): Camera => ({
  ...camera,
  longitude,
  latitude,
  zoom: Math.max(camera.zoom, NEAR_ZOOM),
})
