import type { Jt808Message } from './frame'

interface Held {
  readonly first: Jt808Message
  readonly parts: (Jt808Message | undefined)[]
  missing: number
}

/** Messages of several packages that may wait for their rest at once, and packages of one. */
const HELD_MOST = 256
const PARTS_MOST = 1_024

export type Joining =
  /** Whole: the message, and the packages that it was made of. */
  | { readonly kind: 'whole'; readonly message: Jt808Message; readonly parts: readonly Jt808Message[] }
  | { readonly kind: 'waiting' }
  /** Not taken: more packages than anybody sends. */
  | { readonly kind: 'refused'; readonly message: string }

/** Puts messages together whose packages come one by one, in any order and more than once. */
export class MessageJoiner {
  readonly #held = new Map<string, Held>()

  /** Takes one frame's message. */
  take(message: Jt808Message): Joining {
    const { part } = message
    if (part === undefined || part.total === 1) return { kind: 'whole', message, parts: [message] }
    if (part.total > PARTS_MOST)
      return { kind: 'refused', message: `A message of ${part.total} packages is not taken.` }
    const key = `${message.phone}/${message.id}/${part.total}/${(message.serial - part.no + 0x1_0000) & 0xffff}`
    const held = this.#held.get(key) ?? this.#begin(key, message, part.total)
    if (held.parts[part.no - 1] === undefined) held.missing -= 1
    held.parts[part.no - 1] = message
    if (held.missing > 0) return { kind: 'waiting' }
    this.#held.delete(key)
    const parts = held.parts.filter((one) => one !== undefined)
    return { kind: 'whole', message: { ...held.first, body: bodyOf(parts) }, parts }
  }

  /** Packages of messages that never became whole. */
  unfinished(): readonly Jt808Message[] {
    return [...this.#held.values()].flatMap(({ parts }) => parts.filter((one) => one !== undefined))
  }

  #begin(key: string, first: Jt808Message, total: number): Held {
    const made: Held = { first, parts: new Array<Jt808Message | undefined>(total).fill(undefined), missing: total }
    this.#held.set(key, made)
    if (this.#held.size > HELD_MOST) this.#held.delete(this.#held.keys().next().value ?? key)
    return made
  }
}

function bodyOf(parts: readonly Jt808Message[]): Uint8Array {
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.body.length, 0))
  let at = 0
  for (const part of parts) {
    body.set(part.body, at)
    at += part.body.length
  }
  return body
}
