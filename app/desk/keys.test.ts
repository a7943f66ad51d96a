import { expect, test } from 'vitest'
import { actsWhileTyping, DESK_KEYS, pressed } from './keys'

const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
  pressed({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...held } as KeyboardEvent)

test('a key is named as the table writes it', () => {
  expect([key('F2'), key('k', { ctrlKey: true }), key('3', { altKey: true }), key('?')]).toEqual([
    'F2',
    'Ctrl+K',
    'Alt+3',
    '?',
  ])
})

test('no bare letter, digit or sign acts while somebody types', () => {
  for (const name of ['a', 'K', '1', '/', '?', '+', 'm', 'Enter', 'ArrowDown'])
    expect(actsWhileTyping(key(name))).toBe(false)
  for (const name of ['F2', 'F9', 'Escape']) expect(actsWhileTyping(key(name))).toBe(true)
})

test('no key stands for two acts', () => {
  expect(new Set(DESK_KEYS.map(({ key: name }) => name)).size).toBe(DESK_KEYS.length)
})
