'use client'

import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { FeedDesk, FeedDeskEntry } from '@/domain/api/feedDesk'
import type { World } from '@/domain/world'
import { useAct } from '@/app/fetch/useAct'
import { useNames } from '@/app/messages/locale'
import { useRefusal } from '@/app/messages/useRefusal'
import { useSpan } from '@/app/time/format'
import { formatNumber } from '@/app/ui/figure/formatNumber'
import sheet from '@/app/ui/Sheet.module.css'
import { DeskOfWorld } from './DeskOfWorld'
import css from './FeedDesk.module.css'
import { FeedDetail } from './FeedDetail'
import { HourStrip } from './HourStrip'
import { useFeedDesk } from './feedQuestions'

/** `/desk/feeds?world=`: every feed with its contract, its rate and its quality; what is wrong and what Belfry did about it. */
export function FeedsScreen() {
  return <DeskOfWorld page="/desk/feeds">{(world) => <Feeds world={world} />}</DeskOfWorld>
}

function Feeds({ world }: { readonly world: World }) {
  const t = useTranslations('feedDesk')
  const says = useRefusal()
  const names = useNames()
  const [round, setRound] = useState(0)
  const [chosen, setChosen] = useState<string>()
  const act = useAct()
  const { answer } = useFeedDesk(world.key, round)
  const feeds = answer?.feeds ?? []
  const feed = feeds.find(({ key }) => key === chosen)
  const query = `?world=${encodeURIComponent(world.key)}`
  return (
    <main className={`${sheet['sheet']} ${css['wide']}`}>
      <header>
        <h1>
          {t('title')} · {names(world.name)}
        </h1>
        <a href={`/desk/data${query}`}>{t('toData')}</a>
      </header>
      <LogLine log={answer?.log} />
      <table data-testid="feeds">
        <thead>
          <tr>
            {(['feed', 'owner', 'rate', 'standing', 'day', 'grade'] as const).map((column) => (
              <th key={column}>{t(column)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {feeds.map((one) => (
            <FeedRow key={one.key} feed={one} world={world} chosen={one.key === chosen} onChoose={setChosen} />
          ))}
        </tbody>
      </table>
      <p className={sheet['note']} role="alert">
        {act.refused === undefined ? '' : t('refused', { code: says(act.refused) })}
      </p>
      {feed === undefined ? null : (
        <FeedDetail
          key={feed.key}
          feed={feed}
          world={world}
          act={act}
          round={round}
          onDone={() => setRound((n) => n + 1)}
        />
      )}
    </main>
  )
}

function LogLine({ log }: { readonly log: FeedDesk['log'] }) {
  const t = useTranslations('feedDesk')
  const span = useSpan()
  const locale = useLocale()
  if (log === undefined) return null
  const bytes = `${formatNumber(log.bytes / 1024 ** 2, 1, locale)} MB`
  const words = { bytes, age: span(log.ageMs), rows: formatNumber(log.pendingRows, 0, locale) }
  return (
    <p className={sheet['note']} data-testid="log">
      {log.ageMs === 0 ? t('logEmpty') : t('log', words)}
      {log.storeUp ? '' : ` · ${t('storeDown')}`}
    </p>
  )
}

interface RowProps {
  readonly feed: FeedDeskEntry
  readonly world: World
  readonly chosen: boolean
  readonly onChoose: (feed: string) => void
}

function FeedRow({ feed, world, chosen, onChoose }: RowProps) {
  const t = useTranslations('feedDesk')
  const names = useNames()
  const locale = useLocale()
  const { key, name, contract, standing, adapter, hours, expectedPerMinute, streams } = feed
  const expected = formatNumber(expectedPerMinute, expectedPerMinute < 10 ? 1 : 0, locale)
  return (
    <tr className={css['row']} data-feed={key} aria-selected={chosen} onClick={() => onChoose(key)}>
      <td>
        <button type="button" style={{ margin: 0, textAlign: 'left' }} onClick={() => onChoose(key)}>
          {names(name)}
        </button>
        <div className={css['quiet']}>{key}</div>
      </td>
      <td>
        {names(contract.owner)}
        <div className={css['quiet']}>{names(contract.steward)}</div>
      </td>
      <td>
        {streams === 0 ? '—' : t('perMinute', { n: expected })}
        <div className={css['quiet']}>{t('streams', { n: formatNumber(streams, 0, locale) })}</div>
      </td>
      <td>
        {t(`standings.${standing}`)}
        {adapter === undefined ? null : <div className={css['quiet']}>{t(`adapter.${adapter.status}`)}</div>}
      </td>
      <td>
        <HourStrip hours={hours} world={world} />
      </td>
      <td>
        <b>{hours[0]?.grade ?? t('notJudged')}</b>
      </td>
    </tr>
  )
}
