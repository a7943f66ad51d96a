import { parentPort } from 'node:worker_threads'
import type { FeedMapping } from '@/domain/feed/mapping'
import { declaredStreams, draftOfKey } from '@/domain/feed/streams'
import { BatchBuilder, type NameBook } from '../decode/batchBuilder'
import { type ReplayItem, replayItems, shifted } from './replayItems'
import type { FromReplay, Pulled, ToReplay } from './replayMessages'

/** Entry of the replay thread: reads, decodes and merges files, and gives records only when it is asked for them. */
class Replay {
  readonly #items: AsyncGenerator<ReplayItem>
  readonly #names: NameBook
  readonly #from: number
  #head: ReplayItem | undefined
  #begun = false

  constructor({ mapping, folder, from, shift }: Extract<ToReplay, { kind: 'open' }>) {
    this.#items = shifted(replayItems(mapping, folder), { shift })
    this.#names = namesOf(mapping)
    this.#from = from
  }

  async pull(until: number, rows: number): Promise<Pulled> {
    const builder = new BatchBuilder(this.#names)
    if (!this.#begun) await this.#begin()
    let last: number | undefined
    while (this.#head !== undefined && this.#head.at <= until && builder.rows < rows) {
      this.#head.put(builder)
      const refusal = builder.takeRefusal()
      if (refusal !== undefined) builder.refuse({ line: 0, ...refusal, sample: '' })
      last = this.#head.at
      this.#head = await nextOf(this.#items)
    }
    return { batch: builder.finish(), last, next: this.#head?.at }
  }

  async #begin(): Promise<void> {
    this.#begun = true
    do this.#head = await nextOf(this.#items)
    while (this.#head !== undefined && this.#head.at < this.#from)
  }
}

async function nextOf(items: AsyncGenerator<ReplayItem>): Promise<ReplayItem | undefined> {
  const step = await items.next()
  return step.done === true ? undefined : step.value
}

/** Numbers are put in by the server; only what the contract refuses is refused here. */
function namesOf(mapping: FeedMapping): NameBook {
  const declared = new Set(declaredStreams(mapping, mapping.things.list).map(({ key }) => key))
  return {
    streamNo: () => undefined,
    trackNo: () => undefined,
    refuseStream(key) {
      if (declared.has(key)) return undefined
      if (mapping.contract.newStreams === 'create' && draftOfKey(mapping, key) !== undefined) return undefined
      return { reason: 'streamUnknown', message: `${key} is no Datastream of this feed.` }
    },
  }
}

const replays = new Map<number, Replay>()

async function receive(message: ToReplay): Promise<FromReplay | undefined> {
  const { id } = message
  switch (message.kind) {
    case 'open':
      replays.set(id, new Replay(message))
      return undefined
    case 'first': {
      for await (const { at } of replayItems(message.mapping, message.folder))
        if (Number.isFinite(at)) return { kind: 'first', id, at }
      return { kind: 'first', id, at: undefined }
    }
    case 'pull': {
      const replay = replays.get(id)
      if (replay === undefined) throw new RangeError(`Replay ${id} was not opened.`)
      return { kind: 'pulled', id, pulled: await replay.pull(message.until, message.rows) }
    }
  }
}

parentPort?.on('message', (message: ToReplay) => {
  receive(message).then(
    (answer) => answer !== undefined && parentPort?.postMessage(answer),
    (cause: unknown) =>
      parentPort?.postMessage({ kind: 'failed', id: message.id, message: String(cause) } satisfies FromReplay),
  )
})
