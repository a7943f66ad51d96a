import type { SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Alarm } from '@/domain/alarm'
import type { World } from '@/domain/world'
import { send } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { fieldOf } from '@/app/fetch/useAct'
import { useSpan } from '@/app/time/format'
import { alarmPath } from './alarmPath'

/** What somebody wants to do with an Alarm and must give a reason for. */
export interface Wanted {
  readonly verb: 'shelve' | 'clear'
  readonly alarm: Alarm
  readonly title: string
}

interface AlarmFormProps {
  readonly world: World
  readonly wanted: Wanted
  readonly act: Act
  readonly onEnd: () => void
}

/** At most a shift: the longest that the server allows. */
const MINUTES = [30, 60, 120, 240, 480] as const

/** The reason, and for a shelf its end; nothing is done without both. */
export function AlarmForm({ world, wanted: { verb, alarm, title }, act, onEnd }: AlarmFormProps) {
  const t = useTranslations('alarms')
  const span = useSpan()
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const reason = fieldOf(form, 'reason')
    const body = verb === 'shelve' ? { reason, minutes: Number(fieldOf(form, 'minutes')) } : { reason }
    act.run(async () => {
      await send(alarmPath(world, alarm, verb), { method: 'POST', body })
      onEnd()
    })
  }
  return (
    <form onSubmit={submit} data-testid="alarm-form">
      <b>
        {t(verb)} {title}
      </b>
      {verb === 'shelve' ? (
        <label>
          {t('howLong')}
          <select name="minutes" defaultValue="60">
            {MINUTES.map((n) => (
              <option key={n} value={n}>
                {span(n * 60_000)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label>
        {t('reason')}
        <input name="reason" required maxLength={200} autoFocus autoComplete="off" />
      </label>
      <button type="submit" disabled={act.busy}>
        {t(verb)}
      </button>
      <button type="button" onClick={onEnd}>
        {t('cancel')}
      </button>
    </form>
  )
}
