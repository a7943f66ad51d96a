import { useTranslations } from 'use-intl'
import type { WallView } from '@/domain/api/wall'
import type { Beat } from '@/domain/wall/skew'
import { SKEW_LIMIT } from '@/domain/wall/skew'
import type { WallLayout } from '@/domain/wall/wallLayout'
import { nameOfTile } from '@/domain/wall/wallLayout'
import css from './SteerScreen.module.css'

/** Every tile of the layout in its place: what it shows, or that it is not there; and how far apart they draw. */
export function TileStates({ view, world }: { readonly view: WallView; readonly world: string }) {
  const t = useTranslations('steer')
  const { orders, screens, skew } = view
  const { columns, rows } = orders.layout.body
  const heard = new Map(screens.map(({ screen, beat }) => [screen, beat]))
  return (
    <section aria-label={t('screens')} data-testid="tiles">
      <h2>{t('screens')}</h2>
      <p data-testid="skew" data-spread={skew?.spread}>
        {skew === undefined ? (
          screens.length === 0 ? (
            t('none')
          ) : (
            '—'
          )
        ) : (
          <>
            {t('skew')} <b>{t('spread', { n: Math.round(skew.spread) })}</b> ·{' '}
            {t('clockError', { n: Math.ceil(skew.clockError) })}
            {skew.spread > SKEW_LIMIT ? <b> {t('skewOver', { n: SKEW_LIMIT })}</b> : null}
          </>
        )}
      </p>
      <div className={css['tiles']} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
        {Array.from({ length: rows * columns }, (_, i) => {
          const [row, column] = [Math.floor(i / columns) + 1, (i % columns) + 1]
          const name = nameOfTile({ wall: orders.wall, column, row })
          return <Tile key={name} name={name} beat={heard.get(name)} orders={orders} world={world} />
        })}
      </div>
    </section>
  )
}

interface TileProps {
  readonly name: string
  readonly beat: Beat | undefined
  readonly orders: WallView['orders']
  readonly world: string
}

function Tile({ name, beat, orders, world }: TileProps) {
  const t = useTranslations('steer')
  const marks = useMarks(beat, orders, world)
  const state = beat === undefined ? 'missing' : marks.length > 0 ? 'marked' : 'well'
  return (
    <div className={css['tile']} data-tile={name} data-state={state}>
      <a href={`/wall/${name}`}>{name}</a>
      <small>{beat === undefined ? t('missing') : marks.join(' · ')}</small>
    </div>
  )
}

/** What is wrong with a tile that speaks. */
function useMarks(beat: Beat | undefined, { state, layout }: WallView['orders'], world: string): string[] {
  const t = useTranslations('steer')
  if (beat === undefined) return []
  return [
    ...(beat.state === state.version ? [] : [t('behind')]),
    ...(beat.world === world ? [] : [t('otherWorld')]),
    ...(fits(beat, layout.body) ? [] : [`${t('otherSize')} ${beat.width}×${beat.height}`]),
    ...(beat.faults === 0 ? [] : [t('faulty', { n: beat.faults })]),
  ]
}

const fits = ({ width, height }: Beat, { tileWidth, tileHeight }: WallLayout): boolean =>
  width === tileWidth && height === tileHeight
