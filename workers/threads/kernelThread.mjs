// A further thread of a compiled kernel: takes part in every interval until it is told to stop.
import { parentPort, workerData } from 'node:worker_threads'

const { module, memory, thread, threads } = workerData
const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => thread / 0 } })
exports.attach(thread, threads)
parentPort.postMessage('ready')
exports.serve()
