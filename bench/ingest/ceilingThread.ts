import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'

/**
 * The ceiling of this runtime: a bare HTTP server that parses each line with JSON.parse and does nothing else with it.
 * It gets the identical bytes from the identical generator.
 */
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const lines = Buffer.concat(chunks).toString().split('\n')
    let parsed = 0
    for (const line of lines) if (typeof JSON.parse(line) === 'object') parsed += 1
    const answer = {
      received: parsed,
      accepted: parsed,
      duplicates: 0,
      corrections: 0,
      late: 0,
      rejected: 0,
      refused: [],
    }
    response.end(JSON.stringify({ traceId: '', ...answer }))
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
parentPort?.once('message', () => {
  server.closeAllConnections()
  server.close()
})
