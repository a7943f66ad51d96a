import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { FloodKernel } from '../models/flood/kernel'

const FILE = new URL('../models/flood/assembly/build/flood.wasm', import.meta.url)
const THREAD = new URL('./kernelThread.mjs', import.meta.url)
const PAGE = 65_536
const MOST_PAGES = 32_768
// Words of the kernel's control block: assembly/flood.ts.
const CONTROL = (16_384 + 192) >> 2
const STOP = (16_384 + 256) >> 2

interface Exports {
  attach(thread: number, threads: number): void
  drive(): void
  triad(a: number, b: number, c: number, bytes: number): void
}

/** The compiled kernel was not there: `npm start`, `npm test` and `npm run bench` compile it. */
export class KernelMissing extends Error {
  readonly retry = false
}

export interface OpenKernel extends FloodKernel {
  /** Adds three streams of this memory, bytes each: what the memory of this machine gives. */
  triad(a: number, b: number, c: number, bytes: number): void
  close(): Promise<void>
}

/**
 * Opens the flood kernel with memory of its own and `threads` threads, the caller's among them.
 * @throws KernelMissing before the first build.
 */
export async function openFloodKernel(bytes: number, threads: number): Promise<OpenKernel> {
  const module = await WebAssembly.compile(await readKernel())
  const initial = Math.max(16, Math.ceil(bytes / PAGE))
  const memory = new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: true })
  const imports = { env: { memory, abort: stopped } }
  const kernel = (await WebAssembly.instantiate(module, imports)).exports as unknown as Exports
  const others: Worker[] = []
  for (let thread = 1; thread < threads; thread++) {
    const worker = new Worker(THREAD, { workerData: { module, memory, thread, threads } })
    await ready(worker)
    worker.unref()
    others.push(worker)
  }
  return {
    memory: memory.buffer,
    threads,
    drive: () => kernel.drive(),
    attach: () => kernel.attach(0, threads),
    triad: (a, b, c, size) => kernel.triad(a, b, c, size),
    close: async () => {
      const words = new Int32Array(memory.buffer)
      Atomics.store(words, STOP, 1)
      Atomics.add(words, CONTROL, 1)
      Atomics.notify(words, CONTROL)
      await Promise.all(others.map((worker) => worker.terminate()))
    },
  }
}

async function readKernel(): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(FILE))
  } catch (cause) {
    throw new KernelMissing('The flood kernel is not compiled: run npm run kernels.', { cause })
  }
}

function stopped(): never {
  throw new Error('The flood kernel gave up.')
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
}
