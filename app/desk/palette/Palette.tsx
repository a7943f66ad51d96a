'use client'

import type { KeyboardEvent } from 'react'
import { useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DeskAct, DeskStep } from '../acts/act'
import { isAct } from '../acts/act'
import { marked, matching } from './match'
import css from './Palette.module.css'

export interface PaletteProps {
  readonly acts: readonly DeskAct[]
  readonly steps: readonly DeskStep[]
  readonly onAct: (act: DeskAct) => void
  readonly onClose: () => void
}

const LISTED = 9
const MOST_ACTS = 6

/** Everything the desk can do or show, by any of its names; consequence and authority stand beside each act. */
export function Palette({ acts, steps, onAct, onClose }: PaletteProps) {
  const t = useTranslations('desk.palette')
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => foundBy(text, acts, steps), [acts, steps, text])
  const run = (one: DeskAct | DeskStep): void => {
    onClose()
    if (isAct(one)) onAct(one)
    else one.go()
  }
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = event.altKey ? found[Number(event.key) - 1] : event.key === 'Enter' ? found[at] : undefined
    if (step !== 0) setAt((held) => (held + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Escape') onClose()
    else if (chosen !== undefined) run(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const type = (typed: string): void => {
    setText(typed)
    setAt(0)
  }
  return (
    <div
      className={css['veil']}
      onPointerDown={(event) => (event.target === event.currentTarget ? onClose() : undefined)}
    >
      <div
        className={css['palette']}
        role="dialog"
        aria-modal="true"
        aria-label={t('title')}
        data-testid="palette"
        onKeyDown={press}
      >
        <Typed text={text} list={id} at={at} onText={type} />
        <ul id={id} role="listbox" aria-label={t('title')}>
          {found.map((one, i) => (
            <Row
              key={one.key}
              one={one}
              id={`${id} ${i}`}
              text={text}
              chosen={i === at}
              hot={t('hot', { n: String(i + 1) })}
              onChoose={() => run(one)}
            />
          ))}
          {found.length === 0 ? <li className={css['none']}>{t('none')}</li> : null}
        </ul>
        <Hints />
      </div>
    </div>
  )
}

function Hints() {
  const t = useTranslations('desk.palette')
  return (
    <footer>
      {(['choose', 'run', 'leave'] as const).map((key) => (
        <span key={key}>
          <kbd>{t(`keys.${key}`)}</kbd> {t(key)}
        </span>
      ))}
      <span>{t('authorities')}</span>
    </footer>
  )
}

/** Acts before things that are only shown; both by how well they are named. */
function foundBy(text: string, acts: readonly DeskAct[], steps: readonly DeskStep[]): readonly (DeskAct | DeskStep)[] {
  const doing = matching(text, acts).slice(0, MOST_ACTS)
  return [...doing, ...matching(text, steps).slice(0, LISTED - doing.length)]
}

interface TypedProps {
  readonly text: string
  readonly list: string
  readonly at: number
  readonly onText: (text: string) => void
}

function Typed({ text, list, at, onText }: TypedProps) {
  const t = useTranslations('desk.palette')
  return (
    <div className={css['typed']}>
      <span aria-hidden="true">›</span>
      <input
        value={text}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={`${list} ${at}`}
        aria-label={t('title')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
      />
      <small>{t('languages')}</small>
    </div>
  )
}

interface RowProps {
  readonly one: DeskAct | DeskStep
  readonly id: string
  readonly text: string
  readonly chosen: boolean
  readonly hot: string
  readonly onChoose: () => void
}

function Row({ one, id, text, chosen, hot, onChoose }: RowProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      onPointerDown={(event) => {
        event.preventDefault() // the field keeps its focus: its blur would close the list
        onChoose()
      }}
    >
      <span>
        {marked(one.title, text).map((piece, i) => (piece.hit ? <mark key={i}>{piece.text}</mark> : piece.text))}
        <small>{isAct(one) ? [one.about, one.consequence].filter(Boolean).join(' · ') : one.about}</small>
      </span>
      <span className={css['authority']}>
        {isAct(one) ? <b>{one.authority}</b> : one.hint}
        <kbd>{chosen ? 'Enter' : hot}</kbd>
      </span>
    </li>
  )
}
