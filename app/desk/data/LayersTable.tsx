import { useLocale, useTranslations } from 'use-intl'
import type { FeedDeskEntry, FeedLayers } from '@/domain/api/feedDesk'
import type { World } from '@/domain/world'
import { useLayers } from '@/app/desk/feeds/feedQuestions'
import css from '@/app/desk/feeds/FeedDesk.module.css'
import { useNames } from '@/app/messages/locale'
import { formatNumber } from '@/app/ui/figure/formatNumber'

const COLUMNS = [
  ['collect', 'received'],
  ['refuse', 'rejected'],
  ['twice', 'duplicates'],
  ['keep', 'accepted'],
  ['store', 'stored'],
  ['wait', 'waiting'],
  ['use', 'uses'],
] as const satisfies readonly (readonly [string, keyof FeedLayers])[]

/** 汇聚 处理 管理 应用: how many records each layer holds, feed by feed, and whether the layers account for one another. */
export function LayersTable({ world, feeds }: { readonly world: World; readonly feeds: readonly FeedDeskEntry[] }) {
  const t = useTranslations('feedDesk')
  const names = useNames()
  const rows = useLayers(world.key).answer?.feeds ?? []
  const all = rows.reduce(added, EMPTY)
  return (
    <section>
      <h2>{t('layers')}</h2>
      <table data-testid="layers">
        <thead>
          <tr>
            <th>{t('feed')}</th>
            {COLUMNS.map(([word]) => (
              <th key={word} className={css['number']}>
                {t(`layer.${word}`)}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          <LayerRow name={t('total')} layers={all} />
          {rows.map((row) => {
            const feed = feeds.find(({ no }) => no === row.feed)
            return feed === undefined ? null : <LayerRow key={row.feed} name={names(feed.name)} layers={row} />
          })}
        </tbody>
      </table>
    </section>
  )
}

function LayerRow({ name, layers }: { readonly name: string; readonly layers: FeedLayers }) {
  const t = useTranslations('feedDesk')
  const locale = useLocale()
  const { unexplained } = layers
  return (
    <tr data-unexplained={unexplained !== 0}>
      <td>{name}</td>
      {COLUMNS.map(([word, field]) => (
        <td key={word} className={css['number']}>
          {formatNumber(layers[field], 0, locale)}
        </td>
      ))}
      <td className={unexplained === 0 ? css['quiet'] : undefined}>
        {unexplained === 0 ? t('reconciled') : t('unexplained', { n: formatNumber(unexplained, 0, locale) })}
      </td>
    </tr>
  )
}

const EMPTY: FeedLayers = {
  received: 0,
  rejected: 0,
  duplicates: 0,
  accepted: 0,
  stored: 0,
  waiting: 0,
  streams: 0,
  uses: 0,
  users: 0,
  unexplained: 0,
}

const added = (sum: FeedLayers, one: FeedLayers): FeedLayers => ({
  received: sum.received + one.received,
  rejected: sum.rejected + one.rejected,
  duplicates: sum.duplicates + one.duplicates,
  accepted: sum.accepted + one.accepted,
  stored: sum.stored + one.stored,
  waiting: sum.waiting + one.waiting,
  streams: sum.streams + one.streams,
  uses: sum.uses + one.uses,
  users: sum.users + one.users,
  unexplained: sum.unexplained + one.unexplained,
})
