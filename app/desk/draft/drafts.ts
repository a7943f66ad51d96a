/** What a form holds while nobody has sent it. Every value is text, as it was typed. */
export type DraftFields = Readonly<Record<string, string>>

interface Kept {
  readonly at: number
  readonly fields: DraftFields
  /** Who called and under which number: no longer than the session that took it. */
  readonly personal: DraftFields
}

const PREFIX = 'belfry.draft.'
/** An unsent form is of no use after two shifts. Milliseconds. */
const KEPT_FOR = 24 * 3600_000
/** Personal data outlives a re-lock and a killed browser, not a shift. Milliseconds. */
const PERSONAL_FOR = 12 * 3600_000

const keyOf = (account: string, form: string): string => `${PREFIX}${account}.${form}`

/** Drafts of one account at one browser: they survive a re-lock, a new sign-in and a killed browser. */
export class Drafts {
  readonly #storage: Storage
  readonly #account: string
  readonly #now: () => number

  constructor(storage: Storage, account: string, now: () => number) {
    this.#storage = storage
    this.#account = account
    this.#now = now
  }

  /** What was typed and not sent, or undefined. */
  read(form: string): DraftFields | undefined {
    const kept = parse(this.#storage.getItem(keyOf(this.#account, form)))
    if (kept === undefined || this.#now() - kept.at > KEPT_FOR) return undefined
    return this.#now() - kept.at > PERSONAL_FOR ? kept.fields : { ...kept.fields, ...kept.personal }
  }

  /** Keeps every field; those named in `personal` apart. A full storage loses the draft, never the form. */
  write(form: string, fields: DraftFields, personal: readonly string[]): void {
    const apart = (own: boolean): DraftFields =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => personal.includes(name) === own))
    const kept: Kept = { at: this.#now(), fields: apart(false), personal: apart(true) }
    try {
      this.#storage.setItem(keyOf(this.#account, form), JSON.stringify(kept))
    } catch {
      this.drop(form)
    }
  }

  drop(form: string): void {
    this.#storage.removeItem(keyOf(this.#account, form))
  }
}

/** Personal data in drafts ends with the session: of everybody at a sign-out, of others when somebody else signs in. */
export function forgetPersonal(storage: Storage, exceptAccount?: string): void {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i)).filter((key) => key !== null)
  for (const key of keys) {
    if (!key.startsWith(PREFIX)) continue
    if (exceptAccount !== undefined && key.startsWith(`${PREFIX}${exceptAccount}.`)) continue
    const kept = parse(storage.getItem(key))
    if (kept === undefined) storage.removeItem(key)
    else storage.setItem(key, JSON.stringify({ ...kept, personal: {} }))
  }
}

function parse(text: string | null): Kept | undefined {
  if (text === null) return undefined
  try {
    const value = JSON.parse(text) as Partial<Kept> | null
    if (typeof value?.at !== 'number' || typeof value.fields !== 'object') return undefined
    return { at: value.at, fields: textOnly(value.fields), personal: textOnly(value.personal ?? {}) }
  } catch {
    return undefined
  }
}

const textOnly = (fields: object): DraftFields =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
