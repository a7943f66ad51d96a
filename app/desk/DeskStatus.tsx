import { useTranslations } from 'use-intl'
import { measureCount } from '@/domain/measureReading'
import { send } from '@/app/fetch/getJson'
import { useNames } from '@/app/messages/locale'
import { STANDSTILL_AFTER } from '@/app/picture/pictureClient'
import { useLiveness } from '@/app/picture/usePicture'
import { countFeeds } from '@/app/situation/feedFigures'
import { clockWithSeconds, useDay } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { useWall } from '@/app/wall/wallContext'
import { useDesk } from './deskContext'
import css from './DeskSurface.module.css'
import { forgetPersonal } from './draft/drafts'

/** Which city, who sits here, which moment, what response is in force, which feeds speak, and that the picture lives. */
export function DeskStatus({ second }: { readonly second: number }) {
  const { world, client, now, asOf } = useWall()
  const { person, activations } = useDesk()
  const { lastPulse } = useLiveness(client)
  const t = useTranslations('desk')
  const alive = useTranslations('alive')
  const names = useNames()
  const day = useDay()
  const still = lastPulse === undefined || second - lastPulse > STANDSTILL_AFTER
  const response = activations.filter(({ state }) => state === 'active').sort((a, b) => a.level - b.level)[0]
  const signOut = async (): Promise<void> => {
    forgetPersonal(window.localStorage)
    await send('/api/session', { method: 'DELETE' }).catch(() => undefined)
    window.location.reload()
  }
  return (
    <header className={css['status']} data-still={still}>
      <div>
        <b>{names(world.name)}</b>
        <span>{person.name}</span>
        <button type="button" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </div>
      <div>
        <span>{day(now, world.timeZone)}</span>
        <b className={css['time']} data-past={asOf !== undefined} data-testid="desk-clock">
          {clockWithSeconds(now, world.timeZone)}
        </b>
      </div>
      <div>
        {response === undefined ? (
          <span>{t('noResponse')}</span>
        ) : (
          <b className={css['response']}>{t('response', { level: response.level })}</b>
        )}
      </div>
      <Feeds />
      <div role="status">
        {still ? (
          <b className={css['response']} data-testid="standstill">
            {lastPulse === undefined
              ? alive('never')
              : alive('stopped', { at: clockWithSeconds(lastPulse, world.timeZone) })}
          </b>
        ) : (
          <span>{t('alive', { at: clockWithSeconds(lastPulse, world.timeZone) })}</span>
        )}
      </div>
    </header>
  )
}

function Feeds() {
  const { index, picture, now } = useWall()
  const t = useTranslations('wall')
  const counts = countFeeds(index.catalogue.feeds, picture.feeds)
  const figure = (what: 'feedsOnTime' | 'feeds' | 'feedsLate' | 'feedsSilent', value: number, title: string) => (
    <Figure of={measureCount(what, value, now)} title={title} />
  )
  return (
    <div>
      <span>{t('feeds')}</span>
      <b>
        {figure('feedsOnTime', counts.onTime, t('onTime'))}/{figure('feeds', index.catalogue.feeds.length, t('feeds'))}
      </b>
      <span>{t('onTime')}</span>
      {counts.late === 0 ? null : (
        <span>
          {figure('feedsLate', counts.late, t('overdue'))} {t('overdue')}
        </span>
      )}
      {counts.silent === 0 ? null : (
        <span>
          {figure('feedsSilent', counts.silent, t('interrupted'))} {t('interrupted')}
        </span>
      )}
    </div>
  )
}
