import { parentPort } from 'node:worker_threads'
import { fileBlobStore } from '@/platform/blobs/blobStore'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import { FloodRefused, makeForecast } from './flood/makeForecast'
import { RainUnknown } from './flood/rainFields'
import { readCityGround } from './flood/readCityGround'
import type { FromModels, ToModels } from './threadMessages'

/** Somebody wants this run no more. */
class Stopped extends Error {}

const port = parentPort!
const tell = (message: FromModels): void => port.postMessage(message)
// The ground of a city takes seconds to read and stays the same under its digest.
let held: { readonly digest: string; readonly ground: CityGround } | undefined

port.on('message', (asked: ToModels) => void carryOut(asked))

async function carryOut(asked: ToModels): Promise<void> {
  try {
    tell({ kind: 'made', forecast: await make(asked) })
  } catch (cause) {
    if (cause instanceof Stopped) tell({ kind: 'stopped' })
    else if (cause instanceof FloodRefused) tell({ kind: 'refused', code: cause.refusal.code, message: cause.message })
    else if (cause instanceof RainUnknown) tell({ kind: 'refused', code: 'rainUnknown', message: cause.message })
    else throw cause
  }
}

async function make({ request, rung, cityFolder, blobs, threads, stop }: ToModels) {
  if (held?.digest !== request.cityDigest)
    held = { digest: request.cityDigest, ground: await readCityGround(cityFolder) }
  const words = new Int32Array(stop)
  const store = fileBlobStore(blobs)
  return makeForecast(request, held.ground, rung, {
    threads,
    put: (bytes) => store.put(bytes),
    progress: (share) => {
      if (Atomics.load(words, 0) === 1) throw new Stopped()
      tell({ kind: 'progress', share })
    },
  })
}
