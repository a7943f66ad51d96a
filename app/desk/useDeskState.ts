'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { PlanList } from '@/domain/api/plans'
import { getJson } from '@/app/fetch/getJson'
import { useAsked } from '@/app/fetch/useAsked'
import { queueOf } from '@/app/incidents/queue'
import type { AskedFigure } from '@/app/ui/evidence/opener'
import { useWall } from '@/app/wall/wallContext'
import { deskApi } from './acts/deskApi'
import type { Desk, Person } from './deskContext'
import { forgetPersonal } from './draft/drafts'
import type { Opened } from './useDeskActions'

export interface DeskState {
  readonly desk: Desk
  readonly opened: Opened | undefined
  readonly open: (what: Opened) => void
  readonly close: () => void
  /** A figure whose evidence is open. */
  readonly asked: AskedFigure | undefined
  readonly ask: (figure: AskedFigure) => void
  /** A point of the map that was clicked for the open form. */
  readonly pointed: readonly [number, number] | undefined
  readonly point: (place: readonly [number, number]) => void
}

const NO_PLANS: PlanList['plans'] = []

/** What is chosen and open at one desk, over the picture that all desks share. */
export function useDeskState(person: Person): DeskState {
  const { world, picture, now } = useWall()
  const api = useMemo(() => deskApi(world.key), [world.key])
  const [chosen, setChosen] = useState<string>()
  const [opened, setOpened] = useState<Opened>()
  const [asked, setAsked] = useState<AskedFigure>()
  const [pointed, setPointed] = useState<readonly [number, number]>()
  const queue = queueOf(picture.incidents.values(), picture.tasks.values(), now)
  useEffect(() => forgetPersonal(window.localStorage, person.id), [person.id])
  const close = useCallback(() => {
    setOpened(undefined)
    setAsked(undefined)
    setPointed(undefined)
  }, [])
  const path = `/api/worlds/${encodeURIComponent(world.key)}/plans`
  const plans = useAsked(path, (signal) => getJson(PlanList, path, { signal })).answer?.plans ?? NO_PLANS
  const selected = queue.find(({ incident }) => incident.id === chosen) ?? queue[0]
  const desk: Desk = {
    ...{ person, api, queue, selected, plans },
    activations: [...picture.activations.values()],
    decisions: [...picture.decisions.values()],
    select: setChosen,
    begin: (key) => setOpened({ kind: 'act', key }),
  }
  return { desk, opened, open: setOpened, close, asked, ask: setAsked, pointed, point: setPointed }
}
