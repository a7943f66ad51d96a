import { FrameCutter, type Jt808Message, readFrame, writeFrame } from '@/domain/formats/jt808/frame'
import { MessageJoiner } from '@/domain/formats/jt808/splitMessages'
import type { Clock } from '@/platform/clock'
import type { PartSpool } from './partSpool'

/** How long the rest of a message is waited for. */
const PATIENCE_MS = 10 * 60_000

interface Parts {
  readonly clock: Clock
  readonly spool: PartSpool
  /** Resolves when these frames are a durable record, be it of the quarantine. */
  readonly carry: (frames: Uint8Array) => Promise<void>
}

/**
 * Messages of several packages, over all connections of a feed. Every package is durable before it is answered: in the
 * spool while its message is not whole, and as the message then.
 */
export class SplitParts {
  readonly #parts: Parts
  readonly #joiner = new MessageJoiner()
  /** Whole messages on their way to disk: still in the spool until they are there. */
  readonly #underWay = new Set<readonly Jt808Message[]>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Takes up what an earlier server kept. */
  async open(): Promise<void> {
    const { spool } = this.#parts
    for (const frame of new FrameCutter().push(await spool.read())) {
      const read = readFrame(frame)
      if (!read.ok) continue
      const joining = this.#joiner.take(read.value, this.#parts.clock.now())
      if (joining.kind === 'whole') await this.#whole(joining.parts)
    }
  }

  /** Resolves when the package may be answered. @throws disk errors, Error when too many messages wait */
  async take(message: Jt808Message): Promise<void> {
    const { clock, spool, carry } = this.#parts
    const joining = this.#joiner.take(message, clock.now())
    if (joining.kind === 'refused') return carry(writeFrame(message))
    if (joining.kind === 'whole') return this.#whole(joining.parts)
    if (joining.kind === 'known') return
    await spool.keep(writeFrame(message))
    if (joining.givenUp.length > 0) await this.#release(joining.givenUp)
  }

  /** Sends what has waited too long to the quarantine. */
  async giveUpOld(): Promise<void> {
    const old = this.#joiner.giveUp(this.#parts.clock.now() - PATIENCE_MS)
    if (old.length > 0) await this.#release(old)
  }

  async #whole(parts: readonly Jt808Message[]): Promise<void> {
    try {
      await this.#release(parts)
    } catch (cause) {
      this.#joiner.takeBack(parts.slice(0, -1), this.#parts.clock.now())
      throw cause
    }
  }

  async #release(parts: readonly Jt808Message[]): Promise<void> {
    this.#underWay.add(parts)
    try {
      await this.#parts.carry(framesOf(parts))
    } finally {
      this.#underWay.delete(parts)
    }
    await this.#parts.spool.keepOnly(() => framesOf([...this.#joiner.unfinished(), ...[...this.#underWay].flat()]))
  }
}

const framesOf = (parts: readonly Jt808Message[]): Uint8Array => Buffer.concat(parts.map((part) => writeFrame(part)))
