import { merewether, runMerewether } from './cases/merewether'
import { prepareFlood, startFlood } from '@/workers/models/flood/model'
import { openFloodKernel } from '@/workers/threads/floodKernel'
const [alpha = '0.7', levels = '0', theta = '0.9', froude = '1', th = '1', tr = '8', tc = '8'] = process.argv.slice(2)
const { input, points } = merewether('/work/shared/data', {
  alpha: +alpha,
  levels: +levels,
  theta: +theta,
  froude: +froude,
})
const p = prepareFlood({ ...input, tiles: { rows: +tr as 8, columns: +tc as 8, skipDry: true } })
if (!p.ok) throw Error(JSON.stringify(p.error))
const k = await openFloodKernel(p.value.layoutFor(+th).bytes, +th)
const run = startFlood(p.value, k)
const c0 = process.cpuUsage(),
  t0 = performance.now()
const r = runMerewether(run, points)
console.log(
  process.argv.slice(2).join(' '),
  'cpu',
  (process.cpuUsage(c0).user / 1e6).toFixed(2),
  'wall',
  ((performance.now() - t0) / 1e3).toFixed(2),
  run.work,
  'mass',
  r.massError,
  'rmse',
  r.rmseObserved.toFixed(3),
  r.rmseTuflow.toFixed(3),
  r.levels.map((v) => v.toFixed(2)).join(' '),
)
await k.close()
