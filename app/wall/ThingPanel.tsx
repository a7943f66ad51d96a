import { useTranslations } from 'use-intl'
import type { Datastream, Thing } from '@/domain/catalogue'
import { useNames } from '@/app/messages/locale'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { DayChart } from './DayChart'
import panel from './EvidencePanel.module.css'
import css from './TrendsPanel.module.css'
import { useReading } from './useReading'
import { useWall } from './wallContext'

/** Everything that one selected gauge says: its first series large, all of its series with their figures. */
export function ThingPanel({ thing, close }: { readonly thing: Thing; readonly close: () => void }) {
  const { index } = useWall()
  const names = useNames()
  const t = useTranslations('evidence')
  const streams = index.streamsOf(thing.key)
  const main = mainStream(streams)
  const owner = thing.owner ?? (main === undefined ? undefined : index.feed(main.feed)?.owner)
  return (
    <aside className={css['panel']} data-testid="thing">
      <header className={panel['header']}>
        <div className={panel['asked']}>
          <span>{names(thing.name)}</span>
          <button type="button" onClick={close}>
            {t('close')}
          </button>
        </div>
        <p className={panel['params']}>
          {[owner === undefined ? undefined : names(owner), thing.key].filter((word) => word !== undefined).join(' · ')}
        </p>
      </header>
      {main === undefined ? null : <DayChart stream={main} />}
      <FittedList
        items={streams}
        keyOf={({ key }) => key}
        row={(stream) => <StreamRow stream={stream} />}
        fold={() => null}
      />
    </aside>
  )
}

/** The series a gauge is known for: one with limits before one without. */
export const mainStream = (streams: readonly Datastream[]): Datastream | undefined =>
  streams.find(({ thresholds }) => thresholds.length > 0) ?? streams.find(({ covered }) => covered) ?? streams[0]

function StreamRow({ stream }: { readonly stream: Datastream }) {
  const view = useReading()(stream)
  return (
    <div className={css['row']}>
      <div className={css['name']}>{view.property}</div>
      <div />
      <div className={css['figure']}>
        <Figure of={view.of} decimals={view.decimals} title={view.title} mark="always" />
      </div>
    </div>
  )
}
