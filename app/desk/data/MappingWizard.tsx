import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { z } from 'zod'
import { MappingPreview } from '@/domain/api/feedDesk'
import type { World } from '@/domain/world'
import { feedPath } from '@/app/desk/feeds/feedQuestions'
import css from '@/app/desk/feeds/FeedDesk.module.css'
import { getJson } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { useAsked } from '@/app/fetch/useAsked'
import { stampOf } from '@/app/time/format'
import { formatLabel, formatNumber } from '@/app/ui/figure/formatNumber'
import sheet from '@/app/ui/Sheet.module.css'
import { draftMapping } from './draftMapping'

interface WizardProps {
  readonly world: World
  readonly act: Act
  readonly onDone: () => void
}

const MOST = 300_000

/** From a sample file to a feed: a mapping is drafted, edited beside its live preview, and registered. */
export function MappingWizard({ world, act, onDone }: WizardProps) {
  const t = useTranslations('feedDesk')
  const [sample, setSample] = useState('')
  const [text, setText] = useState('')
  const [registered, setRegistered] = useState<string>()
  const mapping = parsed(text)
  const draft = (of: string): void => {
    setSample(of)
    setText(of.trim() === '' ? '' : JSON.stringify(draftMapping(of, world), null, 2))
    setRegistered(undefined)
  }
  const register = (): void =>
    act.run(async () => {
      const body = { mapping }
      const { feed } = await getJson(z.object({ feed: z.string() }), feedPath(world.key, '/feeds'), {
        method: 'POST',
        body,
      })
      setRegistered(feed)
      onDone()
    })
  return (
    <section data-testid="wizard">
      <h2>{t('wizard')}</h2>
      <p className={sheet['note']}>{t('wizardNote')}</p>
      <div className={css['split']}>
        <Texts sample={sample} mapping={text} onSample={draft} onMapping={setText} />
        <div>
          {text === '' ? null : mapping === undefined ? (
            <p>{t('notJson')}</p>
          ) : (
            <Preview world={world} mapping={mapping} sample={sample}>
              <button type="button" style={{ margin: '16px 0' }} disabled={act.busy} onClick={register}>
                {t('register')}
              </button>
            </Preview>
          )}
          {registered === undefined ? null : <p role="status">{t('registered', { feed: registered })}</p>}
        </div>
      </div>
    </section>
  )
}

interface TextsProps {
  readonly sample: string
  readonly mapping: string
  readonly onSample: (text: string) => void
  readonly onMapping: (text: string) => void
}

function Texts({ sample, mapping, onSample, onMapping }: TextsProps) {
  const t = useTranslations('feedDesk')
  return (
    <div>
      <label>
        {t('sample')}
        <textarea
          name="sample"
          value={sample}
          onChange={(event) => onSample(event.target.value.slice(0, MOST))}
          spellCheck={false}
        />
      </label>
      <input
        type="file"
        aria-label={t('sample')}
        onChange={(event) => void event.target.files?.[0]?.slice(0, MOST).text().then(onSample)}
      />
      <label>
        {t('mapping')}
        <textarea
          name="mapping"
          style={{ minHeight: '28em' }}
          value={mapping}
          onChange={(event) => onMapping(event.target.value)}
          spellCheck={false}
        />
      </label>
    </div>
  )
}

interface PreviewProps {
  readonly world: World
  readonly mapping: object
  readonly sample: string
  /** Shown when the mapping can be registered. */
  readonly children: React.ReactNode
}

function Preview({ world, mapping, sample, children }: PreviewProps) {
  const t = useTranslations('feedDesk')
  const locale = useLocale()
  const body = { mapping, sample }
  const { answer } = useAsked(JSON.stringify(body), (signal) =>
    getJson(MappingPreview, feedPath(world.key, '/feeds/preview'), { method: 'POST', body, signal }),
  )
  if (answer === undefined) return null
  const count = (n: number): string => formatNumber(n, 0, locale)
  if (answer.problems.length > 0)
    return (
      <>
        <b>{t('problems')}</b>
        {answer.problems.map(({ path, message }) => (
          <p key={path + message}>
            <span className={css['code']}>{path}</span> {message}
          </p>
        ))}
      </>
    )
  const { rows, records, refused } = answer
  return (
    <div data-testid="preview">
      <b>{t('rows', { rows: count(rows), records: count(records), refused: count(refused.length) })}</b>
      <table>
        <tbody>
          {answer.observations.map(({ stream, time, value }) => (
            <tr key={`${stream} ${time}`}>
              <td className={css['code']}>{stream}</td>
              <td>{stampOf(time, world.timeZone)}</td>
              <td className={css['number']}>{formatLabel(value, locale)}</td>
            </tr>
          ))}
          {refused.map(({ line, reason, message, sample: piece }) => (
            <tr key={`${reason} ${line}`}>
              <td colSpan={2}>
                <b>{reason}</b> {message}
                <div className={css['code']}>{piece}</div>
              </td>
              <td>{`${t('line')} ${count(line)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </div>
  )
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
