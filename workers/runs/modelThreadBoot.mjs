// Under Node 20 a worker does not take over `--import tsx` for its entry: this registers it, then loads the entry.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
