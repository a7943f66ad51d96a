import { useTranslations } from 'use-intl'
import { departmentOf } from '@/domain/access/departments'
import { useNames } from '@/app/messages/locale'
import { clockOf } from '@/app/time/format'
import { useWall } from '@/app/wall/wallContext'
import css from './Dept.module.css'

/** What the department gives the city: its feeds, how they do, and when something last came. */
export function DeptFeeds({ department }: { readonly department: string }) {
  const { world, index, picture } = useWall()
  const t = useTranslations('dept')
  const states = useTranslations('feed.state')
  const names = useNames()
  const own = departmentOf(department)
  const feeds = index.catalogue.feeds.filter(
    ({ owner }) => own !== undefined && isSame(owner['zh-CN'], own.name['zh-CN']),
  )
  return (
    <section aria-label={t('feeds')}>
      <h2>{t('feeds')}</h2>
      {feeds.length === 0 ? <p>{t('noFeeds')}</p> : null}
      <ul className={css['feeds']}>
        {feeds.map((feed) => {
          const health = picture.feeds.get(feed.no)
          return (
            <li key={feed.key}>
              <b>{names(feed.name)}</b>
              <span>{health === undefined ? states('never') : states(health.state)}</span>
              <span>
                {health?.lastKnownTime === undefined
                  ? ''
                  : t('lastSeen', { at: clockOf(health.lastKnownTime, world.timeZone) })}
              </span>
              <i>{names(feed.steward)}</i>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** An owner names its department with or without the parenthesis of its branch: 市城管局, 市城管局（排水）. */
const isSame = (owner: string, department: string): boolean =>
  owner.startsWith(department.replace(/（.*$/, '')) || department.startsWith(owner)
