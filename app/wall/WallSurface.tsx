import type { CSSProperties, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { STANDSTILL_AFTER } from '@/app/picture/pictureClient'
import { useFaults, useLiveness } from '@/app/picture/usePicture'
import { clockWithSeconds, useDay } from '@/app/time/format'
import { Band } from '@/app/ui/Band'
import type { AskedFigure } from '@/app/ui/evidence/opener'
import { EvidencePanel } from './EvidencePanel'
import { NowColumn } from './NowColumn'
import { PeopleLine } from './PeopleLine'
import { Ribbon } from './Ribbon'
import { PanelOf } from './RightColumns'
import { StatusLine } from './StatusLine'
import { ThingPanel } from './ThingPanel'
import type { SurfaceSize } from './useViewing'
import type { TileOf } from './steering/useSteering'
import { useWall } from './wallContext'
import type { Area, WallLayout } from './wallLayout'
import { wallLayout } from './wallLayout'
import { WallMap } from './WallMap'
import css from './WallSurface.module.css'

export interface WallSurfaceProps {
  readonly size: SurfaceSize
  readonly second: number
  readonly asked: AskedFigure | undefined
  readonly selected: string | undefined
  readonly onSelect: (thing: string | undefined) => void
  readonly onClose: () => void
}

/** Everything on the wall, each in its area. */
export function WallSurface({ size, second, asked, selected, onSelect, onClose }: WallSurfaceProps) {
  const { world, asOf, steering, picture } = useWall()
  const { tile } = steering
  const { width, height, scale } = size
  const banded = world.kind !== 'live' || asOf !== undefined
  const peopled = picture.incidents.size > 0
  const layout = wallLayout({ width, height, type: scale, banded, peopled, grid: tile?.layout })
  const { city } = layout
  return (
    <main className={css['wall']} style={placeOf(size, tile)} data-testid="wall" data-tile={tile?.name}>
      <Place area={layout.city}>
        <WallMap area={city} em={scale.body} selected={selected} onSelect={onSelect} />
      </Place>
      <WorldBand layout={layout} />
      <Place area={layout.status}>
        <StatusOrStandstill second={second} />
      </Place>
      {layout.people === undefined ? null : (
        <Place area={layout.people}>
          <PeopleLine />
        </Place>
      )}
      <Place area={layout.now}>
        <NowColumn />
      </Place>
      <RightColumns layout={layout}>
        {asked === undefined ? undefined : (
          <EvidencePanel key={asked.of.source?.id ?? ''} asked={asked} close={onClose} />
        )}
        <Selected thing={selected} close={() => onSelect(undefined)} />
      </RightColumns>
      <Place area={layout.ribbon}>
        <Ribbon />
      </Place>
      <div
        className={css['nowLine']}
        style={{ left: layout.nowLine, top: layout.status.top + layout.status.height, bottom: scale.body * 1.7 }}
      />
    </main>
  )
}

/** A tile shows its own window of the whole wall: the same page, moved. */
const placeOf = ({ width, height }: SurfaceSize, tile: TileOf | undefined): CSSProperties =>
  tile === undefined ? {} : { inset: 'auto', left: -tile.window.x, top: -tile.window.y, width, height }

function Place({ area, children }: { readonly area: Area; readonly children: ReactNode }) {
  const style: CSSProperties = { left: area.left, top: area.top, width: area.width, height: area.height }
  return (
    <div className={css['place']} style={style}>
      {children}
    </div>
  )
}

function Selected({ thing, close }: { readonly thing: string | undefined; readonly close: () => void }) {
  const { index } = useWall()
  const found = thing === undefined ? undefined : index.thing(thing)
  return found === undefined ? null : <ThingPanel thing={found} close={close} />
}

function WorldBand({ layout }: { readonly layout: WallLayout }) {
  const { world, asOf, lookBack, steering } = useWall()
  const t = useTranslations('world.band')
  const steer = useTranslations('steer')
  const day = useDay()
  if (layout.band === undefined) return null
  const own = world.kind === 'live' ? '' : t(world.kind)
  if (asOf === undefined)
    return (
      <Place area={layout.band}>
        <Band text={own} />
      </Place>
    )
  const moment = `${day(asOf, world.timeZone)} ${clockWithSeconds(asOf, world.timeZone)}`
  return (
    <Place area={layout.band}>
      <Band
        text={`${steering.state.asOf === undefined ? '' : `${steer('frozen')}　`}${t('lookBack', { at: moment })}　${own}`}
        past
      >
        <button type="button" onClick={() => lookBack.toNow()} data-testid="to-now">
          {t('toNow')} <kbd>N</kbd>
        </button>
      </Band>
    </Place>
  )
}

/** The desk's two panels side by side, or one above the other; an opened panel takes the first one's place. */
function RightColumns({
  layout,
  children,
}: {
  readonly layout: WallLayout
  readonly children: readonly [ReactNode, ReactNode]
}) {
  const [evidence, selected] = children
  const { index, shown } = useWall()
  const [first, second] = layout.right
  const [upper = 'usual', lower = 'feeds'] = shown.panels
  if (first === undefined) return null
  const usual = <PanelOf panel={upper} />
  const opened = evidence ?? (isShown(selected) ? selected : undefined)
  if (second !== undefined)
    return (
      <>
        <Place area={first}>{opened ?? usual}</Place>
        <Place area={second}>
          <PanelOf panel={lower} />
        </Place>
      </>
    )
  if (evidence !== undefined) return <Place area={first}>{evidence}</Place>
  const rows = Math.min(index.catalogue.feeds.length, 6)
  return (
    <Place area={first}>
      <div className={css['stack']}>
        <div className={css['trends']}>{opened ?? usual}</div>
        <div className={css['feeds']} style={{ height: `${2.2 + rows * 3.5}em` }}>
          <PanelOf panel={lower} />
        </div>
      </div>
    </Place>
  )
}

const isShown = (node: ReactNode): boolean =>
  typeof node === 'object' && node !== null && 'props' in node && (node.props as { thing?: string }).thing !== undefined

/** Freeze loudly: without a pulse the status line gives way to when the picture stood still. */
function StatusOrStandstill({ second }: { readonly second: number }) {
  const { client, world } = useWall()
  const { lastPulse, refused } = useLiveness(client)
  const faults = useFaults(client)
  const t = useTranslations('alive')
  const still = lastPulse === undefined || second - lastPulse > STANDSTILL_AFTER
  if (refused !== undefined) return <div className={css['stopped']}>{t('refused')}</div>
  if (still)
    return (
      <div className={css['stopped']} role="alert" data-testid="standstill">
        {lastPulse === undefined ? t('never') : t('stopped', { at: clockWithSeconds(lastPulse, world.timeZone) })}
      </div>
    )
  return (
    <>
      <StatusLine second={second} />
      <div className={css['faults']}>
        {faults.map(({ module, message }) => (
          <span key={module} title={message} data-testid="fault">
            {t('fault', { module })}
          </span>
        ))}
        <WrongSize />
      </div>
    </>
  )
}

/** A tile whose window is not as large as the layout says shows a part of the wall in the wrong place: it says so itself. */
function WrongSize() {
  const { tile } = useWall().steering
  const t = useTranslations('steer')
  const { innerWidth, innerHeight } = window
  if (tile === undefined || (innerWidth === tile.window.width && innerHeight === tile.window.height)) return null
  const { width, height } = tile.window
  return (
    <span data-testid="wrong-size">
      {t('wrongSize', { width: innerWidth, height: innerHeight, tileWidth: width, tileHeight: height })}
    </span>
  )
}
