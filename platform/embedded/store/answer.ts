import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { contentType } from './formats'
import type { Refusal } from './errors'

/** One answer: head, body with back-pressure, and an exception in the middle in the tagged form of 25.11. */
export class Answer {
  readonly #response: ServerResponse
  readonly #head: Readonly<Record<string, string>>
  readonly #gzip: boolean
  readonly #tag = randomBytes(8).toString('hex')
  #out: Writable | undefined

  constructor(response: ServerResponse, head: Readonly<Record<string, string>>, gzip: boolean) {
    this.#response = response
    this.#head = head
    this.#gzip = gzip
  }

  get started(): boolean {
    return this.#out !== undefined
  }

  start(format: string, extra: Readonly<Record<string, string>> = {}): void {
    this.#response.writeHead(200, {
      ...this.#head,
      ...extra,
      'content-type': contentType(format),
      'x-clickhouse-format': format,
      'x-clickhouse-exception-tag': this.#tag,
      ...(this.#gzip ? { 'content-encoding': 'gzip' } : {}),
    })
    this.#out = this.#response
    if (!this.#gzip) return
    const packed = createGzip({ level: 1 })
    packed.pipe(this.#response)
    this.#out = packed
  }

  /** Resolves when more may be written; at once when the client has gone. */
  async write(bytes: Uint8Array): Promise<void> {
    const out = this.#out
    if (out === undefined || this.#response.destroyed || out.write(bytes)) return
    await new Promise<void>((resolve) => {
      const done = () => {
        out.off('drain', done)
        this.#response.off('close', done)
        resolve()
      }
      out.on('drain', done)
      this.#response.on('close', done)
    })
  }

  end(): void {
    this.#out?.end()
  }

  refuse({ code, status, message }: Refusal): void {
    const text = `${message}\n`
    if (this.#out !== undefined) {
      const tail = `${Buffer.byteLength(text)} ${this.#tag}\r\n__exception__\r\n`
      this.#out.end(`\r\n__exception__\r\n${this.#tag}\r\n${text}${tail}`)
      return
    }
    this.#response.writeHead(status, {
      ...this.#head,
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-exception-code': String(code),
    })
    this.#response.end(text)
  }
}
