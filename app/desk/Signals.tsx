import { useTranslations } from 'use-intl'
import { useNames } from '@/app/messages/locale'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { leading, openAlarms } from '@/app/situation/occurrences'
import { clockOf } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import { useReading } from '@/app/wall/useReading'
import { useWall } from '@/app/wall/wallContext'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useDesk } from './deskContext'
import css from './Queue.module.css'

/** Crossed limits that no incident stands for: a system gives a lead (线索), a person opens the incident (立案). */
export function Signals() {
  const { picture, index } = useWall()
  const { queue } = useDesk()
  const t = useTranslations('desk.signals')
  const words = useIncidentWords()
  const taken = new Set(queue.map(({ incident }) => incident.source.ref))
  const alarms = leading(openAlarms(picture.alarms.values(), index)).filter(({ alarm }) => !taken.has(alarm.id))
  return (
    <section className={css['signals']} aria-label={t('title')}>
      <h2>
        {t('title')} <i>{t('count', { n: words.number(alarms.length) })}</i>
      </h2>
      <ul data-testid="signals">
        {alarms.map((open) => (
          <Signal key={open.alarm.id} of={open} />
        ))}
      </ul>
    </section>
  )
}

function Signal({ of: { alarm, stream, threshold } }: { readonly of: OpenAlarm }) {
  const { world, index } = useWall()
  const { begin } = useDesk()
  const reading = useReading()
  const names = useNames()
  const t = useTranslations('desk.signals')
  const thing = stream === undefined ? undefined : index.thing(stream.thing)
  const view = stream === undefined ? undefined : reading(stream)
  const name = thing === undefined ? alarm.key : names(thing.name)
  return (
    <li>
      <Glyph urgency={asUrgency(alarm.level)} label="" hollow={alarm.state === 'acknowledged'} />
      <time>{clockOf(alarm.raisedAt, world.timeZone)}</time>
      <span title={threshold === undefined ? name : `${name} ${names(threshold.name)}`}>{name}</span>
      {view === undefined ? <span /> : <Figure of={view.of} decimals={view.decimals} title={view.title} />}
      <button type="button" onClick={() => begin(`open.alarm ${alarm.id}`)}>
        {t('open')}
      </button>
    </li>
  )
}
