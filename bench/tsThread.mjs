// A thread does not inherit the loader of its process: it is registered here, then the thread's own file runs.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.file)
