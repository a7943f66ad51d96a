import { expect, test } from 'vitest'
import { BadCommand } from './command'
import { importOptions } from './importOptions'

test('words become options, files of one kind are gathered, what is not said is not there', () => {
  const words =
    '--osm a.pbf --osm b.pbf --dem c.hgt --out here --name Here --bounds=1.4,42.4,1.8,42.7 --flat-height 4.5'
  expect(importOptions(words.split(' '))).toEqual({
    out: 'here',
    names: { 'zh-CN': 'Here', en: 'Here' },
    osm: ['a.pbf', 'b.pbf'],
    dem: ['c.hgt'],
    bounds: [1.4, 42.4, 1.8, 42.7],
    flatHeight: 4.5,
  })
})

test('a layer is named with its file', () => {
  const { vectors } = importOptions(['--out', 'x', '--geojson', 'roads=a=b.geojson', '--shp', 'buildings=c.shp'])
  expect(vectors).toMatchObject([
    { format: 'shp', layer: 'buildings', file: 'c.shp' },
    { format: 'geojson', layer: 'roads', file: 'a=b.geojson' },
  ])
})

test.each([
  [['--osm', 'a.pbf'], /--out NAME/],
  [['--out', 'x', '--dmm', 'y'], /--dmm/],
  [['--out', 'x', '--datum', 'high'], /--datum takes a number; got high/],
  [['--out', 'x', '--bounds', '1,2,3'], /west,south,east,north/],
  [['--out', 'x', '--bounds', '1,2,3,four'], /--bounds takes/],
  [['--out', 'x', '--geojson', 'trees=a.geojson'], /a layer of buildings/],
])('%j is refused with a sentence', (words, sentence) => {
  expect(() => importOptions(words)).toThrow(BadCommand)
  expect(() => importOptions(words)).toThrow(sentence)
})
