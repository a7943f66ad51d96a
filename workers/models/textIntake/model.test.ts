import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textIntake } from './model'

const han = fc.stringMatching(/^[一-龥]{0,12}$/)

describe('the same report', () => {
  test('is alike whatever its punctuation, and alike both ways', () => {
    expect(textIntake.bigramJaccard('隧道积水，车被淹！', '隧道积水车被淹')).toBe(1)
    fc.assert(
      fc.property(han, han, (one, other) => {
        const alike = textIntake.bigramJaccard(one, other)
        expect(alike).toBe(textIntake.bigramJaccard(other, one))
        expect(alike).toBeGreaterThanOrEqual(0)
        expect(alike).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('empty and one letter', () => {
    expect(textIntake.bigramJaccard('', '')).toBe(0)
    expect(textIntake.bigramJaccard('水', '水')).toBe(1)
    expect(textIntake.bigramJaccard('水', '火')).toBe(0)
    expect(textIntake.isDuplicate(0.6)).toBe(true)
    expect(textIntake.isDuplicate(0.59)).toBe(false)
  })
})

describe('scores', () => {
  test('of what is all right are 1', () => {
    expect(textIntake.segmentationScore(['积水', '严重'], ['积水', '严重']).f1).toBe(1)
    expect(textIntake.classificationScore(['a', 'b'], ['a', 'b'])).toEqual({ macroF1: 1, microF1: 1 })
    expect(textIntake.bcubed([1, 1, 2], ['x', 'x', 'y']).f1).toBe(1)
  })

  test('one cluster of all recalls everything, clusters of one are precise', () => {
    expect(textIntake.bcubed([1, 1, 2, 2], [0, 0, 0, 0])).toMatchObject({ recall: 1, precision: 0.5 })
    expect(textIntake.bcubed([1, 1, 2, 2], [0, 1, 2, 3])).toMatchObject({ recall: 0.5, precision: 1 })
  })

  test('of nothing are 0, of unequal lists refused', () => {
    expect(textIntake.classificationScore([], [])).toEqual({ macroF1: 0, microF1: 0 })
    expect(textIntake.bcubed([], []).f1).toBe(0)
    expect(() => textIntake.bcubed([1], [])).toThrow(RangeError)
    expect(() => textIntake.segmentationScore(['a'], ['b'])).toThrow(RangeError)
  })
})

describe('a place in a call', () => {
  test.each([
    [
      '临江市东城区和平路与北闸路交叉口积水',
      { city: '临江市', district: '东城区', road: ['和平路', '北闸路'], type: 'intersection' },
    ],
    [
      '西城区长安街道建设大道18号院3号楼2单元停水',
      {
        district: '西城区',
        subdistrict: '长安街道',
        road: ['建设大道'],
        no: '18号院',
        building: '3号楼',
        unit: '2单元',
      },
    ],
    ['地铁2号线柳营站C口进水', { line: '2号线', poi: '柳营站', exit: 'C口' }],
    ['京港澳高速K658+300处两车追尾', { highway: '京港澳高速', stake: 'K658+300' }],
    ['人民公园对面井盖丢失', { poi: '人民公园', relation: '对面' }],
    ['和平路100米路面塌陷', { road: ['和平路'], offset: '100米' }],
  ])('%s', (text, address) => {
    expect(textIntake.parseAddress(text)).toMatchObject(address)
  })

  test('a text without a place has none; any text is taken', () => {
    expect(textIntake.parseAddress('家里没有水了')).toEqual({})
    expect(textIntake.parseAddress('')).toEqual({})
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(typeof textIntake.parseAddress(text)).toBe('object')
      }),
    )
  })
})
