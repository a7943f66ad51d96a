import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import type { Transferable as Moved } from 'node:worker_threads'
import { bufferOf } from './batchBuilder'
import { decodeBody } from './decodeBody'
import { FeedDecoder } from './feedDecoder'
import type { FromDecoder, ToDecoder } from './threadMessages'

/** Entry of the decode thread: knows feeds and their names, answers bodies with columns that are handed over, not copied. */
const feeds = new Map<number, FeedDecoder>()

function receive(message: ToDecoder): void {
  switch (message.kind) {
    case 'feed':
      feeds.set(message.feed, new FeedDecoder(message.mapping))
      return
    case 'names': {
      const decoder = feeds.get(message.feed)
      decoder?.learnStreams(message.streams, message.streamNos)
      decoder?.learnTracks(message.tracks, message.trackNos)
      return
    }
    case 'body':
      answer(message)
  }
}

function answer({ id, feed, body }: Extract<ToDecoder, { kind: 'body' }>): void {
  const began = performance.now()
  const decoder = feeds.get(feed)
  if (decoder === undefined) throw new RangeError(`The decode thread was not told of feed ${feed}.`)
  const result = decodeBody(decoder, body)
  const reply: FromDecoder = { id, result, spentMs: performance.now() - began }
  parentPort?.postMessage(reply, result.ok ? [bufferOf(result.value) as unknown as Moved] : [])
}

parentPort?.on('message', receive)
