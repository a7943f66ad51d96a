'use client'

import { useTranslations } from 'use-intl'
import { Band } from '@/app/ui/Band'
import { EvidenceOpener } from '@/app/ui/evidence/opener'
import { EvidencePanel } from '@/app/wall/EvidencePanel'
import { Ribbon } from '@/app/wall/Ribbon'
import { useWall } from '@/app/wall/wallContext'
import type { DeskAct } from './acts/act'
import { ActPanel } from './acts/ActPanel'
import { hotActs } from './acts/hotActs'
import { CallForm } from './call/CallForm'
import type { Person } from './deskContext'
import { DeskContext } from './deskContext'
import { DeskStatus } from './DeskStatus'
import css from './DeskSurface.module.css'
import { IncidentPage } from './incident/IncidentPage'
import { KeyBar, KeyList } from './KeyBar'
import { DeskMap } from './map/DeskMap'
import type { DeskCamera } from './map/useDeskCamera'
import { useDeskCamera } from './map/useDeskCamera'
import { usePins } from './map/usePins'
import { Palette } from './palette/Palette'
import { Queue } from './Queue'
import { useAllActs } from './useAllActs'
import { useDeskActions } from './useDeskActions'
import type { DeskState } from './useDeskState'
import { useDeskState } from './useDeskState'

export interface DeskSurfaceProps {
  readonly person: Person
  readonly second: number
}

/** The desk: queue, map and one incident side by side; what is begun opens over the map, so that both stay in sight. */
export function DeskSurface({ person, second }: DeskSurfaceProps) {
  const { world } = useWall()
  const state = useDeskState(person)
  const { desk, opened, open, close } = state
  const { selected } = desk
  const camera = useDeskCamera(world.view)
  const acts = useAllActs(desk)
  const hot = hotActs(selected, acts)
  const { steps } = useDeskActions({ desk, acts, hot, camera, open, close, opened })
  const act = opened?.kind === 'act' ? acts.find(({ key }) => key === opened.key) : undefined
  return (
    <DeskContext value={desk}>
      <EvidenceOpener value={state.ask}>
        <main className={css['desk']} data-testid="desk">
          <WorldBand />
          <DeskStatus second={second} />
          <Queue />
          <Middle state={state} act={act} camera={camera} />
          <IncidentPage hot={hot} />
          <KeyBar />
        </main>
        {opened?.kind === 'palette' ? (
          <Palette acts={acts} steps={steps} onAct={({ key }) => desk.begin(key)} onClose={close} />
        ) : null}
        {opened?.kind === 'keys' ? <KeyList onClose={close} /> : null}
      </EvidenceOpener>
    </DeskContext>
  )
}

interface MiddleProps {
  readonly state: DeskState
  readonly act: DeskAct | undefined
  readonly camera: DeskCamera
}

/** Map and ribbon, and over them the form that is open. */
function Middle({ state, act, camera }: MiddleProps) {
  const { desk, opened, close, asked, pointed, point } = state
  const pins = usePins(desk.queue, desk.selected)
  const calling = opened?.kind === 'call'
  return (
    <div className={css['middle']}>
      <DeskMap camera={camera} pins={pins} onPin={desk.select} onPlace={calling ? point : undefined} />
      <div className={css['ribbon']}>
        <Ribbon />
      </div>
      <div className={css['over']} data-open={calling || act !== undefined || asked !== undefined}>
        {calling ? <CallForm onClose={close} pointed={pointed} /> : null}
        {act === undefined ? null : <ActPanel key={act.key} act={act} account={desk.person.id} onClose={close} />}
        {asked === undefined ? null : <EvidencePanel key={asked.of.source?.id ?? ''} asked={asked} close={close} />}
      </div>
    </div>
  )
}

/** Exercise and replay are never mistaken for the city: the band stands on the desk too. */
function WorldBand() {
  const { world } = useWall()
  const t = useTranslations('world.band')
  return world.kind === 'live' ? null : (
    <div className={css['band']}>
      <Band text={t(world.kind)} />
    </div>
  )
}
