import type { SubmitEvent } from 'react'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { FeedDeskEntry } from '@/domain/api/feedDesk'
import { IngestReceipt } from '@/domain/api/ingest'
import type { QuarantineEntry } from '@/domain/api/quarantine'
import type { World } from '@/domain/world'
import { feedPath, useQuarantine } from '@/app/desk/feeds/feedQuestions'
import css from '@/app/desk/feeds/FeedDesk.module.css'
import { getJson } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { fieldOf } from '@/app/fetch/useAct'
import { useNames } from '@/app/messages/locale'
import { stampOf } from '@/app/time/format'
import { formatNumber } from '@/app/ui/figure/formatNumber'
import sheet from '@/app/ui/Sheet.module.css'

interface QuarantineProps {
  readonly world: World
  readonly feeds: readonly FeedDeskEntry[]
  readonly act: Act
  readonly round: number
  readonly onDone: () => void
}

const SHOWN = 30

/** What was refused and why; a person mends a record and sends it again, the refusal stays. */
export function Quarantine({ world, feeds, act, round, onDone }: QuarantineProps) {
  const t = useTranslations('feedDesk')
  const locale = useLocale()
  const [open, setOpen] = useState<string>()
  const { answer } = useQuarantine(world.key, round)
  const entries = answer?.entries ?? []
  const mended = new Set(answer?.mended)
  const reasons = (answer?.byReason ?? []).map(({ reason, records }) =>
    t('byReason', { reason, n: formatNumber(records, 0, locale) }),
  )
  return (
    <section data-testid="quarantine">
      <h2>{t('quarantine')}</h2>
      <p className={sheet['note']}>{entries.length === 0 ? t('noQuarantine') : [...new Set(reasons)].join(' · ')}</p>
      <table>
        <tbody>
          {entries.slice(0, SHOWN).map((entry) => {
            const feed = feeds.find(({ no }) => no === entry.feed)
            const id = `${entry.seq}/${entry.line}`
            return (
              <EntryRow key={id} entry={entry} feed={feed} world={world} mended={mended.has(entry.seq)}>
                {feed === undefined || mended.has(entry.seq) ? null : (
                  <button type="button" onClick={() => setOpen(id)}>
                    {t('mend')}
                  </button>
                )}
                {open === id && feed !== undefined ? (
                  <MendForm
                    entry={entry}
                    feed={feed}
                    world={world}
                    act={act}
                    onDone={onDone}
                    onEnd={() => setOpen(undefined)}
                  />
                ) : null}
              </EntryRow>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  readonly entry: QuarantineEntry
  readonly feed: FeedDeskEntry | undefined
  readonly world: World
  readonly mended: boolean
  readonly children: React.ReactNode
}

function EntryRow({ entry, feed, world, mended, children }: RowProps) {
  const t = useTranslations('feedDesk')
  const names = useNames()
  return (
    <tr data-quiet={mended}>
      <td>
        {stampOf(entry.recordedAt, world.timeZone)}
        <div className={css['quiet']}>{feed === undefined ? '' : names(feed.name)}</div>
      </td>
      <td>
        <b>{entry.reason}</b>
        <div>{entry.message}</div>
        <div className={css['code']}>{entry.sample.slice(0, 300)}</div>
      </td>
      <td>
        {mended ? t('mended') : null}
        {children}
      </td>
    </tr>
  )
}

interface MendProps extends Pick<QuarantineProps, 'world' | 'act' | 'onDone'> {
  readonly entry: QuarantineEntry
  readonly feed: FeedDeskEntry
  readonly onEnd: () => void
}

function MendForm({ entry, feed, world, act, onDone, onEnd }: MendProps) {
  const t = useTranslations('feedDesk')
  const locale = useLocale()
  const [receipt, setReceipt] = useState<IngestReceipt>()
  const isRow = entry.sample.trimStart().startsWith('{')
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = { seq: entry.seq, text: fieldOf(form, 'text'), form: fieldOf(form, 'form') }
    act.run(async () => {
      const path = feedPath(world.key, `/feeds/${encodeURIComponent(feed.key)}/resubmit`)
      const told = await getJson(IngestReceipt, path, { method: 'POST', body })
      setReceipt(told)
      if (told.rejected === 0) onDone()
    })
  }
  const count = (n: number): string => formatNumber(n, 0, locale)
  return (
    <form onSubmit={submit} style={{ textAlign: 'left' }}>
      <textarea name="text" required defaultValue={entry.sample} spellCheck={false} />
      <label>
        {t('form')}
        <select name="form" defaultValue={isRow ? 'rows' : 'own'}>
          <option value="rows">{t('asRow')}</option>
          <option value="own">{t('asOwn')}</option>
        </select>
      </label>
      <button type="submit" disabled={act.busy}>
        {t('send')}
      </button>
      <button type="button" onClick={onEnd}>
        {t('cancel')}
      </button>
      {receipt === undefined ? null : (
        <p>
          {t('took', { accepted: count(receipt.accepted), rejected: count(receipt.rejected) })}{' '}
          {receipt.refused[0]?.message ?? ''}
        </p>
      )}
    </form>
  )
}
