import { createConnection, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A line to a service that can be cut and mended: `url` is what its clients are given. */
export interface BrokenLine {
  readonly url: string
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** `service` is `redis://host:port` or `unix:/path`. */
export async function lineTo(service: string): Promise<BrokenLine> {
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connectTo(service)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return {
    cut,
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mend() {
      isCut = false
    },
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function connectTo(service: string): Socket {
  if (service.startsWith('unix:')) return createConnection(service.replace(/^unix:(\/\/)?/, ''))
  const { hostname, port } = new URL(service)
  return createConnection(Number(port === '' ? 6379 : port), hostname)
}
