'use client'

import { useTranslations } from 'use-intl'
import { IncidentView } from '@/domain/api/incidents'
import { getJson } from '@/app/fetch/getJson'
import { useAsked } from '@/app/fetch/useAsked'
import type { Queued } from '@/app/incidents/queue'
import { useWall } from '@/app/wall/wallContext'
import type { DeskAct } from '../acts/act'
import { useDesk } from '../deskContext'
import { ActBar } from './ActBar'
import { Chain } from './Chain'
import { Facts } from './Facts'
import { Head } from './Head'
import css from './IncidentPage.module.css'
import { Log } from './Log'
import { NearbyReadings } from './NearbyReadings'
import { Decisions, Plans } from './Plans'
import { Tasks } from './Tasks'

/** Everything about one incident on one page, without tabs. */
export function IncidentPage({ hot }: { readonly hot: readonly DeskAct[] }) {
  const { selected } = useDesk()
  const t = useTranslations('desk')
  if (selected === undefined)
    return (
      <section className={css['page']} aria-label={t('page')}>
        <p className={css['none']}>{t('noneSelected')}</p>
      </section>
    )
  return <PageOf key={selected.incident.id} of={selected} hot={hot} />
}

function PageOf({ of, hot }: { readonly of: Queued; readonly hot: readonly DeskAct[] }) {
  const { world } = useWall()
  const { incident } = of
  const view = useIncidentView(world.key, of)
  return (
    <section
      className={css['page']}
      aria-label={incident.title}
      data-testid="incident"
      data-no={String(incident.no)}
      data-state={incident.state}
      tabIndex={-1}
    >
      <Head of={of} />
      <Facts of={of} />
      <NearbyReadings incident={incident} />
      <ActBar hot={hot} />
      <div className={css['columns']}>
        <div>
          <Tasks of={of} />
          <Decisions incident={incident.id} />
          <Chain incident={incident.id} />
        </div>
        <div>
          <Plans incident={incident.id} />
          <Log incident={incident} entries={view?.log ?? []} calls={view?.calls ?? []} />
        </div>
      </div>
    </section>
  )
}

/** Log and calls, asked anew when the picture says that there is more. */
function useIncidentView(world: string, { incident, tasks }: Queued): IncidentView | undefined {
  const version = `${incident.rev} ${incident.lastEntry} ${tasks.map(({ rev }) => rev).join(',')}`
  const path = `/api/worlds/${encodeURIComponent(world)}/incidents/${incident.id}`
  return useAsked(`${path} ${version}`, (signal) => getJson(IncidentView, path, { signal })).answer
}
