import { useTranslations } from 'use-intl'
import type { Alarm } from '@/domain/alarm'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { send } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { useNames } from '@/app/messages/locale'
import type { CatalogueIndex } from '@/app/situation/catalogueIndex'
import { clockOf, useSpan } from '@/app/time/format'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import css from '@/app/ui/Sheet.module.css'
import type { Wanted } from './AlarmForm'
import { alarmPath } from './alarmPath'

interface AlarmRowProps {
  readonly alarm: Alarm
  readonly index: CatalogueIndex | undefined
  readonly world: World
  readonly now: EpochMillis
  readonly act: Act
  readonly onWant: (wanted: Wanted) => void
}

export function AlarmRow({ alarm, index, world, now, act, onWant }: AlarmRowProps) {
  const t = useTranslations('alarms')
  const span = useSpan()
  const title = useTitle(alarm, index)
  const does = (verb: 'acknowledge' | 'unshelve'): void =>
    act.run(async () => {
      await send(alarmPath(world, alarm, verb), { method: 'POST' })
    })
  const label = alarm.no === undefined ? '' : String(alarm.no)
  const words = [t(`state.${alarm.state}`), span(now - alarm.raisedAt)]
  if (alarm.until !== undefined) words.push(t('until', { at: clockOf(alarm.until, world.timeZone) }))
  return (
    <tr data-alarm={label} data-state={alarm.state}>
      <td className={css['glyph']}>
        <Glyph urgency={asUrgency(alarm.level)} label={label} hollow={alarm.state !== 'raised'} />
      </td>
      <td>
        <b>{title}</b>
      </td>
      <td>
        {words.join(' · ')}
        {alarm.reason === undefined ? null : <div>{alarm.reason}</div>}
      </td>
      <td>
        {alarm.state === 'raised' ? (
          <button type="button" onClick={() => does('acknowledge')}>
            {t('acknowledge')}
          </button>
        ) : null}
        {alarm.state === 'shelved' ? (
          <button type="button" onClick={() => does('unshelve')}>
            {t('unshelve')}
          </button>
        ) : (
          <button type="button" onClick={() => onWant({ verb: 'shelve', alarm, title })}>
            {t('shelve')}
          </button>
        )}
        <button type="button" onClick={() => onWant({ verb: 'clear', alarm, title })}>
          {t('clear')}
        </button>
      </td>
    </tr>
  )
}

/** Thing and limit in words. */
function useTitle(alarm: Alarm, index: CatalogueIndex | undefined): string {
  const names = useNames()
  const stream = alarm.stream === undefined ? undefined : index?.stream(alarm.stream)
  const thing = stream === undefined ? undefined : index?.thing(stream.thing)
  if (stream === undefined || thing === undefined) return alarm.key
  const threshold = stream.thresholds.find(({ key }) => key === alarm.threshold)
  return [names(thing.name), threshold === undefined ? undefined : names(threshold.name)]
    .filter((word) => word !== undefined)
    .join(' · ')
}
