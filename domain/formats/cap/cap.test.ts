import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseXml } from '../xml'
import { capNode, writeCap } from './capNode'
import { capStructure } from './capStructure'
import { capFormat } from './format'
import { warningsInForce } from './inForce'
import { sha1 } from './sha1'

const ALERT = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>41010041600000_20210720160100_0</identifier><sender>41010041600000</sender>
<sent>2021-07-20T16:01:00+08:00</sent><status>Exercise</status><msgType>Update</msgType><scope>Public</scope>
<references>41010041600000,41010041600000_20210720115000_0,2021-07-20T11:50:00+08:00</references>
<incidents>INC-20210720-0001</incidents>
<info><language>zh-CN</language><category>Met</category><event>暴雨</event><responseType>Shelter</responseType>
<urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
<eventCode><valueName>GB/T35561</valueName><value>11B03</value></eventCode>
<expires>2021-07-20T19:01:00+08:00</expires><senderName>市气象台</senderName>
<headline>(演练)市气象台发布暴雨红色预警信号</headline><description>3小时降水量将达100毫米以上</description>
<parameter><valueName>colour</valueName><value>red</value></parameter>
<area><areaDesc>主城区</areaDesc>
<polygon>34.62,113.42 34.62,113.86 34.90,113.86 34.90,113.42 34.62,113.42</polygon>
<geocode><valueName>GB/T2260</valueName><value>410100</value></geocode></area></info></alert>`

const fieldsOf = (text: string) => capFormat(new TextEncoder().encode(text), { arrivedAt: 0 }).rows[0]?.fields
const rulesOf = (from: string | RegExp, to: string): unknown => fieldsOf(ALERT.replace(from, to))?.['defectList']

test('a Chinese warning is read with its colour, code and middle, and has no defect', () => {
  expect(fieldsOf(ALERT)).toMatchObject({
    identifier: '41010041600000_20210720160100_0',
    time: '2021-07-20T08:01:00.000Z',
    event: '暴雨',
    colour: 'red',
    eventCode: '11B03',
    geocodes: '410100',
    defects: 0,
  })
  expect(fieldsOf(ALERT)).toMatchObject({
    latitude: expect.closeTo(34.76) as number,
    longitude: expect.closeTo(113.64) as number,
  })
})

test.each([
  ['cap-01 cap-24', '<category>Met</category>', '<category>All Clear</category>'],
  ['cap-02', '<sender>41010041600000</sender>', '<sender>41010041600001</sender>'],
  ['cap-01 cap-04', '2021-07-20T16:01:00+08:00</sent>', '2021-07-20T08:01:00Z</sent>'],
  ['cap-05', '<scope>Public', '<scope>Restricted'],
  ['cap-06', '<scope>Public', '<scope>Private'],
  ['cap-07', /<references>.*<\/references>/, ''],
  ['cap-08', '>Update<', '>Error<'],
  ['cap-10', ' 34.62,113.42</polygon>', '</polygon>'],
  ['cap-10', '34.62,113.42 34.62', '134.62,13.42 34.62'],
  ['cap-11', '34.62,113.86 34.90,113.86 34.90,113.42', '34.90,113.86 34.62,113.86 34.90,113.42'],
  ['cap-12', '<geocode>', '<circle>34,113</circle><geocode>'],
  ['cap-13', '</geocode>', '</geocode><ceiling>3</ceiling>'],
  ['cap-14', '<areaDesc>主城区</areaDesc>', '<areaDesc> </areaDesc>'],
  ['cap-15', /<expires>.*<\/expires>/, ''],
  ['cap-15', '<expires>2021-07-20T19', '<expires>2021-07-20T15'],
  ['cap-17', '(演练)', `(演练)${'雨'.repeat(160)}`],
  ['cap-18', '<value>11B03</value>', '<value> </value>'],
  ['cap-19', '<language>zh-CN</language>', ''],
  ['cap-20', '(演练)', ''],
  ['cap-22', '>red<', '>blue<'],
  ['cap-01 cap-22', '>Extreme<', '>Red<'],
])('%s: %s → %s, and the warning is still shown', (rules, from, to) => {
  expect(rulesOf(from, to)).toBe(rules)
  expect(fieldsOf(ALERT.replace(from, to))?.['event']).toBe('暴雨')
})

test('rules of several blocks and messages: 03, 09, 16, 21, 23, 25', () => {
  const info = /<info>[\s\S]*<\/info>/.exec(ALERT)?.[0] ?? ''
  expect(rulesOf(info, `${info}${info.replace('>Extreme<', '>Minor<').replace('>red<', '>blue<')}`)).toBe('cap-16')
  expect(fieldsOf(ALERT.replace(info, '').replace('>Exercise<', '>Actual<'))?.['defectList']).toBe('cap-09')
  expect(fieldsOf(ALERT.replace(info, '').replace('>Update<', '>Cancel<'))?.['defectList']).toBe('cap-21')
  const resource =
    '<resource><resourceDesc>a</resourceDesc><mimeType>text/plain</mimeType><derefUri>YWJj</derefUri><digest>D</digest></resource>'
  expect(rulesOf('<area>', `${resource.replace('D</digest>', `${'0'.repeat(40)}</digest>`)}<area>`)).toBe('cap-23')
  expect(
    rulesOf('<area>', `${resource.replace('D</digest>', 'a9993e364706816aba3e25717850c26c9cd0d89d</digest>')}<area>`),
  ).toBeUndefined()
  expect(fieldsOf(`\uFEFF${ALERT}`)?.['defectList']).toBe('cap-25')
  const two = `<feed>${ALERT}${ALERT.replace('T16:01:00', 'T16:02:00')}</feed>`
  const rows = capFormat(new TextEncoder().encode(two), { arrivedAt: 0 }).rows
  expect(rows.map(({ fields }) => fields['defectList'])).toEqual([undefined, 'cap-03'])
})

test('a warning whose time nobody can read is shown as of its arrival', () => {
  const broken = ALERT.replace('2021-07-20T16:01:00+08:00</sent>', 'heute</sent>').replace('_20210720160100_0<', '_x<')
  expect(fieldsOf(broken)).toMatchObject({ time: '1970-01-01T00:00:00.000Z', event: '暴雨' })
})

test('what is written is valid and reads as the same', () => {
  const parsed = parseXml(ALERT)
  if (!parsed.ok) throw new Error(parsed.error.message)
  const node = capNode(parsed.value, ALERT)
  const text = writeCap(node)
  const again = parseXml(text)
  expect(again.ok && capStructure(again.value)).toEqual([])
  expect(again.ok && capNode(again.value, text)).toEqual(node)
})

test('a cancellation and an update end what they name, in whatever order they come', () => {
  const message = (identifier: string, sent: string, msgType = 'Alert', references = '') => ({
    ...{ sender: 's', identifier, sent, msgType, references },
    expires: '2021-07-20T20:00:00+08:00',
  })
  const all = [
    message('c', '2021-07-20T13:00:00+08:00', 'Cancel', 's,b,2021-07-20T12:00:00+08:00'),
    message('b', '2021-07-20T12:00:00+08:00', 'Update', 's,a,2021-07-20T03:00:00-00:00'),
    message('a', '2021-07-20T11:00:00+08:00'),
    message('d', '2021-07-20T12:30:00+08:00'),
  ]
  const at = (time: string): string[] => warningsInForce(all, Date.parse(time)).map(({ identifier }) => identifier)
  expect(at('2021-07-20T11:30:00+08:00')).toEqual(['a'])
  expect(at('2021-07-20T12:45:00+08:00')).toEqual(['d', 'b'])
  expect(at('2021-07-20T13:30:00+08:00')).toEqual(['d'])
  expect(at('2021-07-20T20:00:00+08:00')).toEqual([])
})

test.each([0, 1, 55, 56, 63, 64, 119, 1_000])('SHA-1 of %i bytes is that of the platform', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => i * 7)
  expect(sha1(bytes)).toBe(createHash('sha1').update(bytes).digest('hex'))
})
