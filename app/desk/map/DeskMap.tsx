'use client'

import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSketch } from '@/app/fetch/questions'
import { FlatMap } from '@/app/map2d/FlatMap'
import type { Degrees } from '@/app/map2d/flatView'
import { flatView } from '@/app/map2d/flatView'
import { leading, openAlarms } from '@/app/situation/occurrences'
import { useMapPoints } from '@/app/wall/useMapPoints'
import { useWall } from '@/app/wall/wallContext'
import css from './DeskMap.module.css'
import { DeskOverlay } from './DeskOverlay'
import type { MapPin } from './pins'
import { useDeskNames } from './useDeskNames'
import type { DeskCamera } from './useDeskCamera'
import { useDrag } from './useDrag'

export interface DeskMapProps {
  readonly camera: DeskCamera
  readonly pins: readonly MapPin[]
  readonly onPin: (key: string) => void
  /** Somebody is asked where: a click answers. */
  readonly onPlace: ((place: Degrees) => void) | undefined
}

/** Where, from straight above: it needs no WebGL, and it is whole without a mouse (＋ − M, names in the palette). */
export function DeskMap({ camera, pins, onPin, onPlace }: DeskMapProps) {
  const { world, client, picture, index } = useWall()
  const t = useTranslations('desk.map')
  const { box, width, height } = useSize()
  const view = useMemo(() => flatView(camera.camera, { width, height }), [camera.camera, width, height])
  const sketch = useSketch(world.key).answer
  const alarms = leading(openAlarms(picture.alarms.values(), index))
  const points = useMapPoints(alarms, undefined)
  const names = useDeskNames(sketch)
  const drag = useDrag(view, camera, (x, y) => onPlace?.(view.unproject(x, y)))
  return (
    <section
      ref={box}
      className={css['map']}
      aria-label={t('title')}
      data-testid="desk-map"
      data-asks={onPlace !== undefined}
    >
      {width === 0 ? null : (
        <div className={css['hand']} {...drag}>
          <FlatMap
            view={view}
            sketch={sketch}
            points={points}
            scale={symbolScale(view.metresPerPixel)}
            onFault={(module, cause) => client.faults.report(module, cause)}
          />
        </div>
      )}
      {width === 0 ? null : <DeskOverlay view={view} names={names} pins={pins} onPin={onPin} />}
      {onPlace === undefined ? null : <p className={css['ask']}>{t('point')}</p>}
      <div className={css['buttons']}>
        <button type="button" onClick={() => camera.zoom(1)} aria-label={t('nearer')}>
          +
        </button>
        <button type="button" onClick={() => camera.zoom(-1)} aria-label={t('farther')}>
          −
        </button>
        <button type="button" onClick={camera.home}>
          {t('home')}
        </button>
      </div>
    </section>
  )
}

/** Far away an instrument is a speck: two thousand dots at full size would be the picture. */
const symbolScale = (metresPerPixel: number): number => Math.max(0.34, Math.min(1, 4 / metresPerPixel))

function useSize() {
  const box = useRef<HTMLElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const sizes = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])
  return { box, ...size }
}
