import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Datastream } from '@/domain/catalogue'
import { greatCircleMetres } from '@/domain/geodesy/greatCircle'
import type { Incident } from '@/domain/incident/incident'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { Figure } from '@/app/ui/figure/Figure'
import { DayChart } from '@/app/wall/DayChart'
import { useReading } from '@/app/wall/useReading'
import { useWall } from '@/app/wall/wallContext'
import css from './IncidentPage.module.css'

/** Instruments that may confirm or deny what was said. Metres, and how many are shown. */
const WITHIN = 1500
const SHOWN = 5

interface Near {
  readonly stream: Datastream
  readonly metres: number
}

/** What instruments say about the place: the nearest one that has limits as a curve, the others as figures. */
export function NearbyReadings({ incident }: { readonly incident: Incident }) {
  const t = useTranslations('desk.near')
  const words = useIncidentWords()
  const reading = useReading()
  const near = useNear(incident)
  const main = near.find(({ stream }) => stream.thresholds.length > 0) ?? near[0]
  if (incident.place.longitude === undefined) return <p className={css['quiet']}>{t('noPoint')}</p>
  if (main === undefined) return <p className={css['quiet']}>{t('none', { metres: words.number(WITHIN) })}</p>
  return (
    <section className={css['near']} aria-label={t('title')}>
      <div className={css['curve']}>
        <DayChart stream={main.stream} />
      </div>
      <ul>
        {near.slice(0, SHOWN).map(({ stream, metres }) => {
          const view = reading(stream)
          return (
            <li key={stream.no}>
              <span>
                {view.thing} <i>{view.property}</i>
              </span>
              <Figure of={view.of} decimals={view.decimals} title={view.title} mark="always" />
              <small>{t('metres', { n: words.number(Math.round(metres / 10) * 10) })}</small>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function useNear({ place }: Incident): readonly Near[] {
  const { index } = useWall()
  const { longitude, latitude } = place
  return useMemo(() => {
    if (longitude === undefined || latitude === undefined) return []
    return index.catalogue.datastreams
      .flatMap((stream): Near[] => {
        const thing = index.thing(stream.thing)
        if (thing?.longitude === undefined || thing.latitude === undefined || !stream.covered) return []
        const metres = greatCircleMetres(
          { longitude, latitude },
          { longitude: thing.longitude, latitude: thing.latitude },
        )
        return metres <= WITHIN ? [{ stream, metres }] : []
      })
      .sort((a, b) => a.metres - b.metres)
  }, [index, longitude, latitude])
}
