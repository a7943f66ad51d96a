import { Worker } from 'node:worker_threads'

const LOADER = new URL('./tsThread.mjs', import.meta.url)

/** A thread of a bench: runs `file` (TypeScript) with `order` as its `workerData.order`. */
export function startThread(file: URL, order: unknown): Worker {
  return new Worker(LOADER, { workerData: { file: file.href, order } })
}

/** The next message of a thread; rejects when it fails or ends before. */
export function nextMessage(thread: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settled = (): void => {
      thread.off('message', onMessage)
      thread.off('error', onError)
      thread.off('exit', onExit)
    }
    const onMessage = (message: unknown): void => {
      settled()
      resolve(message)
    }
    const onError = (cause: Error): void => {
      settled()
      reject(cause)
    }
    const onExit = (): void => {
      settled()
      reject(new Error('A thread of the bench ended before it answered.'))
    }
    thread.on('message', onMessage)
    thread.on('error', onError)
    thread.on('exit', onExit)
  })
}
