import { useTranslations } from 'use-intl'
import { useNames } from '@/app/messages/locale'
import type { TrackState } from '@/app/situation/trackStates'
import { trackStates } from '@/app/situation/trackStates'
import { useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import css from './TrendsPanel.module.css'
import { useWall } from './wallContext'

/** For a World of movers without series: who moves, how fast, and when each was last heard. */
export function MoversPanel() {
  const { index, picture, now } = useWall()
  const t = useTranslations('wall')
  const states = trackStates(picture.movers, index.catalogue.tracks, now)
  return (
    <section className={css['panel']} aria-label={t('movers')}>
      <Heading title={t('movers')} sub={t('moversSub')} />
      <FittedList
        items={states}
        keyOf={({ track }) => track.key}
        row={(state) => <MoverRow state={state} />}
        fold={(folded) => t('more', { count: folded.length })}
      />
    </section>
  )
}

function MoverRow({ state: { track, standing, speed, at } }: { readonly state: TrackState }) {
  const { now } = useWall()
  const names = useNames()
  const span = useSpan()
  const t = useTranslations('wall.standing')
  const words = at === undefined || standing === 'silent' ? t(standing) : `${t(standing)} · ${span(now - at)}`
  return (
    <div className={css['mover']}>
      <div className={css['name']}>{names(track.name)}</div>
      <div className={css['name']}>
        <span>{words}</span>
      </div>
      <div className={css['figure']}>
        <Figure of={speed} title={names(track.name)} />
      </div>
    </div>
  )
}
