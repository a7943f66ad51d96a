'use client'

import type { CSSProperties, ReactNode } from 'react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { WorldList } from '@/domain/api/worlds'
import type { World } from '@/domain/world'
import { useWorlds } from '@/app/fetch/questions'
import type { PictureClient } from '@/app/picture/pictureClient'
import { usePictureClient } from '@/app/picture/usePicture'
import type { WallTile } from '@/domain/wall/wallLayout'
import { FIRST_WALL } from '@/domain/wall/wallLayout'
import { WorldTimeProvider } from '@/app/time/WorldTime'
import { Notice } from '@/app/ui/Notice'
import { ForecastProvider } from '@/app/forecast/ForecastProvider'
import type { AskedFigure } from '@/app/ui/evidence/opener'
import { EvidenceOpener } from '@/app/ui/evidence/opener'
import { isCommandKey } from './commandKey'
import { useBeat } from './steering/useBeat'
import type { Steering } from './steering/useSteering'
import { useSteering } from './steering/useSteering'
import { Pairing } from './Pairing'
import { useViewing } from './useViewing'
import { useWallState } from './useWallState'
import { useWall, WallContext } from './wallContext'
import { WallSurface } from './WallSurface'

/**
 * `/wall`: the first wall on one browser, as its desk steers it; `/wall?world=`: the screen of one World. A tile is a part
 * of a wall. It asks for what it may see, and says so when it may see nothing.
 */
export function WallScreen({ tile }: { readonly tile?: WallTile }) {
  const { answer, refused } = useWorlds()
  const asked = tile === undefined ? new URLSearchParams(window.location.search).get('world') : null
  const steering = useSteering(asked === null ? (tile?.wall ?? FIRST_WALL) : undefined, tile)
  if (refused?.status === 401 || refused?.status === 403) return <Pairing />
  return <ToShow worlds={answer} unreachable={refused !== undefined} asked={asked} steering={steering} />
}

interface ToShowProps {
  readonly worlds: WorldList | undefined
  readonly unreachable: boolean
  /** The World that the address names. */
  readonly asked: string | null
  readonly steering: ReturnType<typeof useSteering>
}

/** The World of this screen, or why there is none. */
function ToShow({ worlds, unreachable, asked, steering }: ToShowProps) {
  const t = useTranslations('start')
  const steer = useTranslations('steer')
  if (worlds === undefined) return <Notice text={unreachable ? t('unreachable') : ''} />
  if (steering === undefined || steering === 'noTile')
    return <Notice text={steering === undefined ? '' : steer('noTile')} />
  const world = worldOf(worlds, asked ?? steering.state.world)
  if (world === undefined) return <Notice text={t('none')} />
  return <WallOf key={world.key} world={world} steering={steering} />
}

const worldOf = ({ worlds, defaultWorld }: WorldList, asked: string | undefined): World | undefined =>
  worlds.find(({ key }) => key === (asked ?? defaultWorld)) ?? worlds[0]

interface Told {
  readonly world: World
  readonly steering: Steering
}

function WallOf({ world, steering }: Told) {
  const client = usePictureClient(world.key)
  return client === undefined ? null : <WallWith world={world} steering={steering} client={client} />
}

function WallWith({ world, steering, client }: Told & { readonly client: PictureClient }) {
  const { wall, second } = useWallState(world, client, steering)
  const { theme } = steering.state
  useBeat(client, steering, world.key)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  if (wall === undefined) return <Notice text="" />
  return (
    <WallContext value={wall}>
      <WorldTimeProvider value={{ now: wall.now, timeZone: world.timeZone }}>
        <Frame second={second} />
      </WorldTimeProvider>
    </WallContext>
  )
}

/** Type from pitch and distance; the panel that a click opens; Escape closes it, N ends a look back. */
function Frame({ second }: { readonly second: number }) {
  const { lookBack, steering } = useWall()
  const { tile } = steering
  const { width, height, scale } = useViewing(tile?.layout)
  const [asked, setAsked] = useState<AskedFigure>()
  const [selected, setSelected] = useState<string>()
  const open = useCallback((figure: AskedFigure) => setAsked(figure), [])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isCommandKey(event) && event.key.toLowerCase() === 'n' && tile === undefined) lookBack.toNow()
      if (event.key !== 'Escape') return
      setAsked(undefined)
      setSelected(undefined)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [lookBack, tile])
  const surface: ReactNode = (
    <ForecastProvider>
      <WallSurface
        size={{ width, height, scale }}
        second={second}
        asked={asked}
        selected={selected}
        onSelect={(thing) => {
          setAsked(undefined)
          setSelected(thing)
        }}
        onClose={() => setAsked(undefined)}
      />
    </ForecastProvider>
  )
  const style: CSSProperties = { fontSize: scale.body }
  return (
    <EvidenceOpener value={open}>
      <div style={style}>{surface}</div>
    </EvidenceOpener>
  )
}
