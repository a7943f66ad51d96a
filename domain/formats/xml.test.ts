import { expect, test } from 'vitest'
import { XML_LIMITS, childText, escapeXml, parseXml } from './xml'

const refusalOf = (text: string, limits = XML_LIMITS): string | undefined => {
  const parsed = parseXml(text, limits)
  return parsed.ok ? undefined : parsed.error.reason
}

test('names, namespaces, attributes, text, CDATA and character references are read', () => {
  const parsed = parseXml(
    '<?xml version="1.0"?><a:r xmlns:a="urn:a" x="1 &lt; 2"><!-- c --><b>&#x4e2d;&amp;<![CDATA[<z>]]></b></a:r>',
  )
  expect(parsed).toMatchObject({ ok: true, value: { name: 'r', namespace: 'urn:a', attributes: { x: '1 < 2' } } })
  expect(parsed.ok && childText(parsed.value, 'b')).toBe('中&<z>')
})

test('a declared type, an entity, and what is not well-formed is refused', () => {
  expect(refusalOf('<!DOCTYPE a><a/>')).toBe('xmlHostile')
  expect(refusalOf('<a><!ENTITY b "c"></a>')).toBe('xmlHostile')
  for (const text of [
    '<a>&lol;</a>',
    '<a>&#0;</a>',
    '<a',
    '<a></b>',
    '<a/><b/>',
    'x<a/>',
    '<a b="1" b="2"/>',
    '<p:a/>',
    '',
    '<a>\u0001</a>',
    '<a>& b</a>',
  ])
    expect(refusalOf(text), text).toBe('xmlMalformed')
})

test('depth, size, elements, attributes and namespaces have bounds, and work stays linear', () => {
  expect(refusalOf(`${'<a>'.repeat(65)}${'</a>'.repeat(65)}`)).toBe('xmlTooLarge')
  expect(refusalOf(`${'<a>'.repeat(64)}${'</a>'.repeat(64)}`)).toBeUndefined()
  expect(refusalOf(`<a>${'<b/>'.repeat(20)}</a>`, { ...XML_LIMITS, elements: 20 })).toBe('xmlTooLarge')
  expect(refusalOf(`<a>${'x'.repeat(100)}</a>`, { ...XML_LIMITS, chars: 99 })).toBe('xmlTooLarge')
  expect(refusalOf(`<a ${Array.from({ length: 65 }, (_, i) => `x${i}="1"`).join(' ')}/>`)).toBe('xmlTooLarge')
  const began = performance.now()
  expect(refusalOf(`<a>${'<b>'.repeat(100_000)}`)).toBe('xmlTooLarge')
  expect(refusalOf(`<a ${' '.repeat(1_000_000)}`)).toBe('xmlMalformed')
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('escaped text comes back', () => {
  const text = `<&>"' 中`
  const parsed = parseXml(`<a x="${escapeXml(text)}">${escapeXml(text)}</a>`)
  expect(parsed).toMatchObject({ ok: true, value: { text, attributes: { x: text } } })
})
