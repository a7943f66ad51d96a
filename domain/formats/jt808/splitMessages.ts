import type { Jt808Message } from './frame'

interface Held {
  readonly first: Jt808Message
  readonly parts: (Jt808Message | undefined)[]
  readonly begunAt: number
  missing: number
}

/** Messages of several packages that may wait for their rest at once, and packages of one. */
const HELD_MOST = 256
const PARTS_MOST = 1_024
/** How long a whole message is remembered, in the unit of `at`, ms: a serial number comes round much later. */
const KNOWN_FOR = 60_000

export type Joining =
  /** Whole: the message, and the packages that it was made of. */
  | { readonly kind: 'whole'; readonly message: Jt808Message; readonly parts: readonly Jt808Message[] }
  /** Waits for its rest; `givenUp` are the packages of an older message that made room. */
  | { readonly kind: 'waiting'; readonly givenUp: readonly Jt808Message[] }
  /** A package of a message that was whole a moment ago: its answer was lost on the way. */
  | { readonly kind: 'known' }
  /** Not taken: more packages than anybody sends. */
  | { readonly kind: 'refused'; readonly message: string }

/** Puts messages together whose packages come one by one, in any order and more than once. */
export class MessageJoiner {
  readonly #held = new Map<string, Held>()
  readonly #whole = new Map<string, number>()

  /** Takes one frame's message; `at` is the time for `giveUp`. */
  take(message: Jt808Message, at = 0): Joining {
    const { part } = message
    if (part === undefined || part.total === 1) return { kind: 'whole', message, parts: [message] }
    if (part.total > PARTS_MOST)
      return { kind: 'refused', message: `A message of ${part.total} packages is not taken.` }
    const key = `${message.phone}/${message.id}/${part.total}/${(message.serial - part.no + 0x1_0000) & 0xffff}`
    if (at - (this.#whole.get(key) ?? Number.NEGATIVE_INFINITY) < KNOWN_FOR) return { kind: 'known' }
    const held = this.#held.get(key) ?? this.#begin(key, message, { total: part.total, at })
    if (held.parts[part.no - 1] === undefined) held.missing -= 1
    held.parts[part.no - 1] = message
    if (held.missing > 0) return { kind: 'waiting', givenUp: this.#madeRoom() }
    this.#held.delete(key)
    this.#remember(key, at)
    const parts = partsOf(held)
    return { kind: 'whole', message: { ...held.first, body: bodyOf(parts) }, parts }
  }

  /** Takes packages back that did not become durable as a message. */
  takeBack(parts: readonly Jt808Message[], at: number): void {
    this.#whole.clear()
    for (const part of parts) this.take(part, at)
  }

  #remember(key: string, at: number): void {
    this.#whole.delete(key)
    this.#whole.set(key, at)
    if (this.#whole.size > HELD_MOST) this.#whole.delete(this.#whole.keys().next().value ?? key)
  }

  /** Packages of messages that never became whole. */
  unfinished(): readonly Jt808Message[] {
    return [...this.#held.values()].flatMap(partsOf)
  }

  /** Takes out the packages of messages begun before that time: their rest will not come. */
  giveUp(before: number): readonly Jt808Message[] {
    const old = [...this.#held].filter(([, { begunAt }]) => begunAt < before)
    for (const [key] of old) this.#held.delete(key)
    return old.flatMap(([, held]) => partsOf(held))
  }

  #madeRoom(): readonly Jt808Message[] {
    const oldest = this.#held.size > HELD_MOST ? this.#held.entries().next().value : undefined
    if (oldest === undefined) return []
    this.#held.delete(oldest[0])
    return partsOf(oldest[1])
  }

  #begin(key: string, first: Jt808Message, { total, at }: { total: number; at: number }): Held {
    const parts = new Array<Jt808Message | undefined>(total).fill(undefined)
    const made: Held = { first, parts, begunAt: at, missing: total }
    this.#held.set(key, made)
    return made
  }
}

const partsOf = ({ parts }: Held): Jt808Message[] => parts.filter((one) => one !== undefined)

function bodyOf(parts: readonly Jt808Message[]): Uint8Array {
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.body.length, 0))
  let at = 0
  for (const part of parts) {
    body.set(part.body, at)
    at += part.body.length
  }
  return body
}
