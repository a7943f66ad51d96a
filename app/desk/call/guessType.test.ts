import { expect, test } from 'vitest'
import { incidentType } from '@/domain/incident/incidentTypes'
import { guessTrapped, guessType } from './guessType'

test.each([
  ['和平路下穿积水，三辆车被困', '12H90'],
  ['北闸路积水没过膝盖', '11A02'],
  ['2 号线纺织城站站厅进水', '12L00'],
  ['化工厂有刺鼻气味，像氯气', '12D00'],
  ['楼下闻到燃气味', '12P30'],
  ['three cars stuck in the underpass', '12H90'],
  ['fire in a warehouse', '12G00'],
])('%s: %s', (said, code) => {
  expect(guessType(said)).toBe(code)
  expect(incidentType(code)).toBeDefined()
})

test('words that say nothing of a type give none', () => {
  expect(guessType('请问现在几点')).toBeUndefined()
})

test('the number of trapped people is read, other numbers are not', () => {
  expect(guessTrapped('和平路下穿被困 5 人，水深 47 cm')).toBe(5)
  expect(guessTrapped('12 人被困')).toBe(12)
  expect(guessTrapped('水深 47 cm')).toBeUndefined()
})
