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
/** After the levels 1 to 4 of crossed limits: a series that has limits, and one that has none. */
const [CALM, BARE] = [5, 6]

interface Near {
  readonly stream: Datastream
  readonly metres: number
}

/** What instruments say about the place: the gravest crossed limit as a curve, then what has limits, by distance. */
export function NearbyReadings({ incident }: { readonly incident: Incident }) {
  const t = useTranslations('desk.near')
  const words = useIncidentWords()
  const reading = useReading()
  const near = useNear(incident)
  const main = near[0]
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
  const { index, picture } = useWall()
  const alarmed = [...picture.alarms.values()].flatMap(({ stream, level, state }) =>
    stream === undefined || state === 'cleared' ? [] : [`${stream} ${level}`],
  )
  const said = alarmed.sort().join(',')
  const { longitude, latitude } = place
  return useMemo(() => {
    const levels = new Map(said.split(',').map((one) => one.split(' ').map(Number) as [number, number]))
    const rank = (stream: Datastream): number => levels.get(stream.no) ?? (stream.thresholds.length > 0 ? CALM : BARE)
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
      .sort((a, b) => rank(a.stream) - rank(b.stream) || a.metres - b.metres)
  }, [index, longitude, latitude, said])
}
