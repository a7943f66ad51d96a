import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ForecastOr } from '@/app/forecast/ForecastOr'
import type { CatalogueIndex } from '@/app/situation/catalogueIndex'
import { clockOf } from '@/app/time/format'
import { Heading } from '@/app/ui/Heading'
import type { Panel } from '@/domain/wall/wallState'
import { DecideOr } from './DecideColumn'
import decide from './DecideColumn.module.css'
import { DistrictTable } from './DistrictTable'
import { FeedStrip } from './FeedStrip'
import { MoversPanel } from './MoversPanel'
import { NextPanel } from './NextPanel'
import { ReportsPanel } from './ReportsPanel'
import { TrendsPanel } from './TrendsPanel'
import { useWall } from './wallContext'

/** The panel that the desk chose for a column; a decision that waits comes before the feeds, a forecast before the usual. */
export function PanelOf({ panel }: { readonly panel: Panel }): ReactNode {
  const { index } = useWall()
  switch (panel) {
    case 'usual':
      return <ForecastOr>{usualPanel(index)}</ForecastOr>
    case 'next':
      return (
        <ForecastOr>
          <NextPanel />
        </ForecastOr>
      )
    case 'decide':
      return (
        <DecideOr>
          <NothingToDecide />
        </DecideOr>
      )
    case 'districts':
      return <DistrictTable />
    case 'feeds':
      return (
        <DecideOr>
          <FeedStrip />
        </DecideOr>
      )
  }
}

/** What a World has most of: series, else movers, else reports. */
function usualPanel({ catalogue }: CatalogueIndex): ReactNode {
  if (catalogue.datastreams.length > 0) return <TrendsPanel />
  return catalogue.tracks.length > 0 ? <MoversPanel /> : <ReportsPanel />
}

/** Nothing to decide, and since when; with visitors in the room it says only that it is not shown. */
function NothingToDecide() {
  const { picture, world, steering } = useWall()
  const t = useTranslations('steer.decide')
  const visitors = steering.state.audience === 'visitors'
  const last = [...picture.decisions.values()].sort((a, b) => b.movedAt - a.movedAt)[0]
  return (
    <section className={decide['column']} aria-label={t('title')} data-testid="nothing-to-decide">
      <Heading title={t('title')} sub={t('sub')} />
      <h3>{t(visitors ? 'notShown' : 'nothing')}</h3>
      {visitors ? null : (
        <p className={decide['quiet']}>
          {last === undefined
            ? t('noneYet')
            : t('last', { at: clockOf(last.movedAt, world.timeZone), what: last.question })}
        </p>
      )}
    </section>
  )
}
