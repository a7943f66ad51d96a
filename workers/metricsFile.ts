import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Metrics } from '@/platform/metrics'

/** Writes the metrics, whole or not at all, for a textfile collector: a worker listens on no port. */
export async function writeMetrics(metrics: Metrics, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.next`, await metrics.text())
  await rename(`${path}.next`, path)
}
