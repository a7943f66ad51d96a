'use client'

import type { KeyboardEvent, SubmitEvent } from 'react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useAct } from '@/app/fetch/useAct'
import { useDraft } from '../draft/useDraft'
import css from '../Panel.module.css'
import { Refusal } from '../Refusal'
import type { ActField, DeskAct } from './act'

export interface ActPanelProps {
  readonly act: DeskAct
  /** Whose drafts they are. */
  readonly account: string
  readonly onClose: () => void
}

/** The form of one act: what follows from it and by whose authority stand above, before anything is sent. */
export function ActPanel({ act, account, onClose }: ActPanelProps) {
  const t = useTranslations('desk')
  const running = useAct()
  const draft = useDraft(account, act.key, act.initial, act.personal)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    running.run(async () => {
      await act.submit(draft.fields)
      draft.drop()
      onClose()
    })
  }
  const press = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return
    event.preventDefault()
    event.currentTarget.requestSubmit()
  }
  return (
    <form
      className={css['panel']}
      onSubmit={submit}
      onKeyDown={press}
      data-testid="act-form"
      data-act={act.key.split(' ')[0]}
      aria-label={act.title}
    >
      <header>
        <h2>{act.title}</h2>
        <span>{act.about}</span>
        <button type="button" onClick={onClose}>
          {t('close')} <kbd>Esc</kbd>
        </button>
      </header>
      <dl className={css['before']}>
        <dt>{t('then')}</dt>
        <dd>{act.consequence}</dd>
        <dt>{t('by')}</dt>
        <dd>{act.authority}</dd>
      </dl>
      {act.fields.map((field, i) => (
        <Field
          key={field.name}
          field={field}
          value={draft.fields[field.name] ?? ''}
          first={i === 0}
          onValue={(value) => draft.set(field.name, value)}
        />
      ))}
      <Refusal code={running.refused} />
      <footer>
        <button type="submit" data-main disabled={running.busy} autoFocus={act.fields.length === 0}>
          <kbd>Enter</kbd> {t('do')}
        </button>
        <span>{draft.restored ? t('restored') : t('kept')}</span>
      </footer>
    </form>
  )
}

interface FieldProps {
  readonly field: ActField
  readonly value: string
  readonly first: boolean
  readonly onValue: (value: string) => void
}

function Field({ field, value, first, onValue }: FieldProps) {
  const { name, label, kind } = field
  const t = useTranslations('desk')
  const required = field.required ?? false
  if (kind === 'check')
    return (
      <label className={css['check']}>
        <input
          type="checkbox"
          name={name}
          required={required}
          checked={value === 'true'}
          onChange={(event) => onValue(String(event.target.checked))}
        />
        {label}
      </label>
    )
  return (
    <label>
      <span>
        {label} {required ? <small>{t('required')}</small> : null}
      </span>
      {kind === 'select' ? (
        <select name={name} value={value} autoFocus={first} onChange={(event) => onValue(event.target.value)}>
          {(field.options ?? []).map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : kind === 'area' ? (
        <textarea
          name={name}
          value={value}
          required={required}
          maxLength={field.maxLength}
          rows={3}
          autoFocus={first}
          onChange={(event) => onValue(event.target.value)}
        />
      ) : (
        <Line field={field} value={value} first={first} onValue={onValue} />
      )}
    </label>
  )
}

function Line({ field, value, first, onValue }: FieldProps) {
  const list = useId()
  const { name, kind, options } = field
  const isNumber = kind === 'number'
  return (
    <>
      <input
        name={name}
        value={value}
        required={field.required ?? false}
        maxLength={field.maxLength ?? 200}
        inputMode={isNumber ? 'decimal' : 'text'}
        pattern={isNumber ? '[0-9]+([.][0-9]+)?' : undefined}
        list={options === undefined ? undefined : list}
        autoComplete="off"
        autoFocus={first}
        onChange={(event) => onValue(event.target.value)}
      />
      {options === undefined ? null : (
        <datalist id={list}>
          {options.map((option) => (
            <option key={option.value} value={option.value} />
          ))}
        </datalist>
      )}
    </>
  )
}
