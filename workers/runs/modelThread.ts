import { parentPort } from 'node:worker_threads'
import { fileBlobStore } from '@/platform/blobs/blobStore'
import { makeForecast } from './flood/makeForecast'
import type { City } from './flood/makeForecast'
import { readCityGround } from './flood/readCityGround'
import { readCityPlaces } from './flood/readCityPlaces'
import { refusalOf } from './refusals'
import type { FromModels, ToModels } from './threadMessages'

/** Somebody wants this run no more. */
class Stopped extends Error {}

const port = parentPort!
const tell = (message: FromModels): void => port.postMessage(message)
// The ground of a city takes seconds to read and stays the same under its digest.
let held: { readonly digest: string; readonly city: City } | undefined

port.on('message', (asked: ToModels) => void carryOut(asked))

async function carryOut(asked: ToModels): Promise<void> {
  try {
    tell({ kind: 'made', forecast: await make(asked) })
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (cause instanceof Stopped) tell({ kind: 'stopped' })
    else if (refusal !== undefined) tell({ kind: 'refused', ...refusal })
    else throw cause
  }
}

async function make({ request, rung, cityFolder, blobs, threads, stop }: ToModels) {
  if (held?.digest !== request.cityDigest)
    held = {
      digest: request.cityDigest,
      city: { ground: await readCityGround(cityFolder), places: await readCityPlaces(cityFolder) },
    }
  const words = new Int32Array(stop)
  const store = fileBlobStore(blobs)
  return makeForecast(request, held.city, rung, {
    threads,
    put: (bytes) => store.put(bytes),
    progress: (share) => {
      if (Atomics.load(words, 0) === 1) throw new Stopped()
      tell({ kind: 'progress', share })
    },
  })
}
