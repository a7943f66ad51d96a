import { expect, test } from 'vitest'
import { marked, matching } from './match'

const THINGS = [
  { key: 'call', words: ['接报', 'Take a call', 'jb'] },
  { key: 'close', words: ['封闭 北闸路下穿', 'Close Beizha Rd underpass'] },
  { key: 'beizha', words: ['北闸泵站', 'Beizha pump station'] },
  { key: 'heping', words: ['和平泵站', 'Heping pump station'] },
]
const found = (text: string) => matching(text, THINGS).map(({ key }) => key)

test('nothing typed leaves the order alone', () => {
  expect(found('  ')).toEqual(['call', 'close', 'beizha', 'heping'])
})

test('Chinese, English, pinyin and initials find the same; every token must name it', () => {
  expect(found('封闭 北闸')).toEqual(['close'])
  expect(found('close beizha')).toEqual(['close'])
  expect(found('JB')).toEqual(['call'])
  expect(found('bz')).toEqual(['close', 'beizha'])
  expect(found('hpps')).toEqual(['heping'])
  expect(found('封闭 和平')).toEqual([])
})

test('what begins with the word stands before what holds it', () => {
  expect(found('beizha')).toEqual(['beizha', 'close'])
})

test('marks show what was found, and the pieces are the whole title', () => {
  expect(marked('封闭北闸路下穿', '北闸')).toEqual([
    { text: '封闭', hit: false },
    { text: '北闸', hit: true },
    { text: '路下穿', hit: false },
  ])
  expect(
    marked('a<b>', '<b')
      .map(({ text }) => text)
      .join(''),
  ).toBe('a<b>')
})
