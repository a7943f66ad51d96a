import type { SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { HomeView } from '@/domain/world'
import { sceneAt, sceneView } from '@/domain/wall/scenes'
import { fieldOf } from '@/app/fetch/useAct'
import { Group, Key } from './SceneKeys'
import type { Desk } from './SteerScreen'

/** Steps of one press: zoom levels, degrees, and the share of the map's width. */
const STEP = { zoom: 0.5, bearing: 30, pitch: 15, pan: 0.15 } as const
const STEEPEST = 75

type Move = (camera: HomeView) => HomeView

const panned =
  (right: number, up: number): Move =>
  (camera) => {
    const reach = (STEP.pan * 360) / 2 ** camera.zoom
    const turn = (camera.bearing * Math.PI) / 180
    const east = right * Math.cos(turn) + up * Math.sin(turn)
    const north = up * Math.cos(turn) - right * Math.sin(turn)
    const latitude = Math.max(-84, Math.min(84, camera.latitude + north * reach))
    return { ...camera, longitude: wrapped(camera.longitude + east * reach), latitude }
  }
const wrapped = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180

const MOVES = {
  nearer: (camera) => ({ ...camera, zoom: Math.min(20, camera.zoom + STEP.zoom) }),
  farther: (camera) => ({ ...camera, zoom: Math.max(1, camera.zoom - STEP.zoom) }),
  north: panned(0, 1),
  south: panned(0, -1),
  west: panned(-1, 0),
  east: panned(1, 0),
  left: (camera) => ({ ...camera, bearing: wrapped(camera.bearing - STEP.bearing) }),
  right: (camera) => ({ ...camera, bearing: wrapped(camera.bearing + STEP.bearing) }),
  flatter: (camera) => ({ ...camera, pitch: Math.max(0, camera.pitch - STEP.pitch) }),
  steeper: (camera) => ({ ...camera, pitch: Math.min(STEEPEST, camera.pitch + STEP.pitch) }),
} as const satisfies Record<string, Move>

/** The camera of the whole wall: by steps, to its pose, and to kept places. */
export function CameraKeys({ desk: { steer, act, view, world } }: { readonly desk: Desk }) {
  const t = useTranslations('steer')
  const state = view.orders.state.body
  const camera = state.camera ?? sceneView(sceneAt(state, view.serverTime).scene, world.view)
  const keep = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    steer({ kind: 'keep', name: fieldOf(new FormData(form), 'name'), camera })
    form.reset()
  }
  return (
    <section aria-label={t('camera')}>
      <Group name={t('camera')}>
        <Key act="home" on={state.camera === undefined} busy={act.busy} onPress={() => steer({ kind: 'home' })}>
          {t('home')}
        </Key>
        {(Object.keys(MOVES) as (keyof typeof MOVES)[]).map((move) => (
          <Key
            key={move}
            act={move}
            on={false}
            busy={act.busy}
            onPress={() => steer({ kind: 'camera', camera: MOVES[move](camera) })}
          >
            {t(move)}
          </Key>
        ))}
      </Group>
      <Group name={t('bookmarks')}>
        {state.bookmarks.map(({ name }) => (
          <span key={name}>
            <Key act={`goTo ${name}`} on={false} busy={act.busy} onPress={() => steer({ kind: 'goTo', name })}>
              {name}
            </Key>
            <Key act={`forget ${name}`} on={false} busy={act.busy} onPress={() => steer({ kind: 'forget', name })}>
              {t('forget')}
            </Key>
          </span>
        ))}
        <form onSubmit={keep}>
          <input
            name="name"
            required
            maxLength={40}
            placeholder={t('name')}
            aria-label={t('name')}
            autoComplete="off"
          />
          <button type="submit" disabled={act.busy} data-act="keep">
            {t('keep')}
          </button>
        </form>
      </Group>
    </section>
  )
}
