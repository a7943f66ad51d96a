import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** What the server writes at its start for the simulator alone (mode 600): where it listens, and a key per feed. */
export const SimulatorConnection = z.object({ url: z.url(), keys: z.record(z.string(), z.string()) })
export type SimulatorConnection = z.infer<typeof SimulatorConnection>

/** Reads `<var>/run/simulator.json`; undefined while the server has not written it, or is writing it. */
export async function readConnection(varFolder: string): Promise<SimulatorConnection | undefined> {
  try {
    const parsed = SimulatorConnection.safeParse(
      JSON.parse(await readFile(join(varFolder, 'run', 'simulator.json'), 'utf8')),
    )
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
