import type { DraftFields } from '../draft/drafts'

export interface FieldOption {
  readonly value: string
  readonly label: string
}

/** One thing that a person is asked. What is typed is text; `submit` reads it. */
export interface ActField {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'area' | 'number' | 'select' | 'check'
  readonly required?: boolean
  readonly maxLength?: number
  /** Of a select its choices, of a text what is offered while typing. */
  readonly options?: readonly FieldOption[]
}

/** Something the desk can do now: what it is called, what follows from it and by whose authority, before it is run. */
export interface DeskAct {
  readonly key: string
  readonly title: string
  /** For a button; the title where it is missing. */
  readonly short?: string
  /** What it is about: an incident, a task; empty for the desk's own. */
  readonly about: string
  /** Names in both languages and short ones, for the palette. */
  readonly words: readonly string[]
  readonly consequence: string
  readonly authority: string
  readonly fields: readonly ActField[]
  /** The draft that data already gives. */
  readonly initial: DraftFields
  /** Names of fields with personal data: no longer kept than the session. */
  readonly personal: readonly string[]
  readonly submit: (fields: DraftFields) => Promise<void>
}

/** Something that shows a thing and orders nothing: it runs at once. */
export interface DeskStep {
  readonly key: string
  readonly title: string
  readonly about: string
  readonly words: readonly string[]
  readonly hint: string
  readonly go: () => void
}

export const isAct = (one: DeskAct | DeskStep): one is DeskAct => 'submit' in one
