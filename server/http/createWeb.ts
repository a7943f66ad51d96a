import type { FastifyPluginAsync } from 'fastify'
import { authorise } from '../access/authorise'
import type { Live } from '../live/createLive'
import { createApi } from './createApi'
import { Front } from './front'
import type { Pages } from './pages'
import type { HttpParts } from './parts'
import type { RouteEntry } from './route'
import { allRoutes } from './routes'
import { attachSockets } from './sockets'

export interface WebOptions {
  readonly parts: HttpParts
  readonly live: Live
  readonly plugins: readonly { readonly entries: readonly RouteEntry[]; readonly plugin: FastifyPluginAsync }[]
  readonly host: string
  readonly port: number
  /** Makes the pages on the listening port's server; left out where nobody looks, as in tests. */
  readonly pages?: (front: Front) => Promise<Pages>
}

export interface Web {
  /** The port that is listened on. */
  readonly port: number
  readonly entries: readonly RouteEntry[]
  stop(): Promise<void>
}

const GRACE_MS = 600

/** Interface, sockets and pages on one port; it listens when everything behind it stands. */
export async function createWeb(options: WebOptions): Promise<Web> {
  const { parts, live, plugins, host } = options
  const { access, guard, log } = parts
  const front = new Front({ log, gate: { access, guard } })
  const io = attachSockets(front.server, { sessions: access.sessions, guard, clock: access.clock, log })
  live.attach(io, (actor, world, channel) => authorise(actor ?? null, 'picture.read', { world: world.key, channel }))
  parts.walls.attach(io, (actor) => authorise(actor ?? null, 'walls.read'))
  access.sessions.onRevoked((actorId) => live.disconnectActor(actorId))
  let entries: readonly RouteEntry[] = []
  const api = await createApi({ parts, routes: allRoutes(parts, () => entries), plugins, server: front.server })
  entries = api.entries
  const pages = await options.pages?.(front)
  front.serve({ api, pages })
  const port = await front.listen(host, options.port)
  return {
    port,
    entries,
    async stop() {
      const closed = front.close(GRACE_MS)
      io.disconnectSockets(true)
      await closed
      await io.close()
      await pages?.close()
    },
  }
}
