import { beforeEach, expect, test } from 'vitest'
import { Drafts, forgetPersonal } from './drafts'

/** A browser's storage, as far as drafts know it. */
class MemoryStorage implements Storage {
  readonly #held = new Map<string, string>()
  full = false
  get length(): number {
    return this.#held.size
  }
  clear(): void {
    this.#held.clear()
  }
  getItem(key: string): string | null {
    return this.#held.get(key) ?? null
  }
  key(index: number): string | null {
    return [...this.#held.keys()][index] ?? null
  }
  removeItem(key: string): void {
    this.#held.delete(key)
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.#held.set(key, value)
  }
}

let storage: MemoryStorage
let now: number
const drafts = (account: string) => new Drafts(storage, account, () => now)
beforeEach(() => {
  storage = new MemoryStorage()
  now = 1_000_000
})

const CALL = { what: '和平路下穿积水', reporter: '周先生', phone: '138' }
const PERSONAL = ['reporter', 'phone']

test('a draft is there again for the same account and for no other', () => {
  drafts('a').write('call', CALL, PERSONAL)
  expect(drafts('a').read('call')).toEqual(CALL)
  expect(drafts('b').read('call')).toBeUndefined()
  drafts('a').drop('call')
  expect(drafts('a').read('call')).toBeUndefined()
})

test('who called is forgotten after a shift, the rest after a day', () => {
  drafts('a').write('call', CALL, PERSONAL)
  now += 13 * 3600_000
  expect(drafts('a').read('call')).toEqual({ what: CALL.what })
  now += 12 * 3600_000
  expect(drafts('a').read('call')).toBeUndefined()
})

test('who called ends with the session; what was said stays', () => {
  drafts('a').write('call', CALL, PERSONAL)
  drafts('b').write('call', CALL, PERSONAL)
  forgetPersonal(storage, 'b')
  expect(drafts('a').read('call')).toEqual({ what: CALL.what })
  expect(drafts('b').read('call')).toEqual(CALL)
  forgetPersonal(storage)
  expect(JSON.stringify([storage.getItem(storage.key(0)!), storage.getItem(storage.key(1)!)])).not.toContain('138')
})

test('what others wrote into the storage is left alone, what cannot be read is no draft', () => {
  storage.setItem('belfry.other', '138')
  storage.setItem('belfry.draft.a.call', '{"at":"x"')
  expect(drafts('a').read('call')).toBeUndefined()
  forgetPersonal(storage)
  expect(storage.getItem('belfry.other')).toBe('138')
})

test('a full storage throws nothing into the form', () => {
  storage.full = true
  expect(() => drafts('a').write('call', CALL, PERSONAL)).not.toThrow()
})
