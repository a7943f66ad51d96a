import type { Session } from 'chdb'
import { expect, test } from 'vitest'
import { Sessions } from './sessions'

/** An engine that opens as many connections as it is told to. */
class Scarce extends Sessions {
  left = 1

  override open(): Session {
    if (this.left === 0) throw new Error('no room')
    this.left -= 1
    return { close: () => undefined } as unknown as Session
  }
}

test('a connection that cannot be opened again costs no place, and nobody waits for ever', async () => {
  const sessions = new Scarce('', '', 1)
  let finish = (): void => undefined
  const first = sessions.use(undefined, () => new Promise<string>((resolve) => (finish = () => resolve('done'))))
  const second = sessions.use(undefined, () => Promise.resolve('second'))
  const third = sessions.use(undefined, () => Promise.resolve('third'))
  const refused = Promise.allSettled([second, third])
  await new Promise((resolve) => setImmediate(resolve)) // the first has its connection
  finish()
  expect(await first).toBe('done')
  expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  sessions.left = 2
  expect(await sessions.use(undefined, () => Promise.resolve('again'))).toBe('again')
})
