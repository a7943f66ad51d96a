import { wallAsUtc } from '@/domain/feed/localTime'
import type { XmlElement } from '../xml'
import { ALERT, CAP_NAMESPACE, CAP_TIME, type CapField, type CapType, SIGNATURE_NAMESPACE } from './capShape'
import { type CapDefect, defectOf } from './capDefect'
import { isBlock } from './capNode'

/** What the XSD of CAP 1.2 would refuse; nothing when the alert is valid against it. */
export function capStructure(alert: XmlElement): readonly CapDefect[] {
  const defects: CapDefect[] = []
  if (alert.name !== 'alert' || alert.namespace !== CAP_NAMESPACE) {
    defects.push(defect('alert', `The root is ${alert.name} of "${alert.namespace}", not alert of CAP 1.2.`))
  }
  checkBlock(alert, { fields: ALERT, path: 'alert', signed: true }, defects)
  return defects
}

const defect = (path: string, message: string): CapDefect => defectOf(1, path, message)

interface Block {
  readonly fields: readonly CapField[]
  readonly path: string
  /** Whether signatures may follow the last element. */
  readonly signed: boolean
}

/** Matches the children with the sequence of the schema. */
function checkBlock(element: XmlElement, { fields, path, signed }: Block, defects: CapDefect[]): void {
  if (element.text.trim() !== '') defects.push(defect(path, 'Text stands between the elements.'))
  checkAttributes(element, path, defects)
  let place: Place = { next: 0, seen: false }
  for (const child of element.children) {
    const at = `${path}/${child.name}`
    const signature = signed && child.namespace === SIGNATURE_NAMESPACE
    const index = signature ? fields.length : indexOf(fields, child, element)
    const field = fields[index]
    const wrong = misplaced({ index, field, signature }, place)
    if (wrong !== undefined) {
      defects.push(defect(at, wrong))
      continue
    }
    if (index > place.next) defects.push(...missing(fields.slice(place.next, index), place.seen, path))
    place = { next: index, seen: true }
    if (field !== undefined) checkField(child, field, at, defects)
  }
  defects.push(...missing(fields.slice(place.next), place.seen, path))
}

/** The field that is read now, and whether it was seen already. */
interface Place {
  readonly next: number
  readonly seen: boolean
}

function misplaced(
  { index, field, signature }: { index: number; field: CapField | undefined; signature: boolean },
  { next, seen }: Place,
): string | undefined {
  if (!signature && field === undefined) return 'The element is not known.'
  const again = index === next && seen && field?.many === false
  return index < next || again ? 'The element is out of its order.' : undefined
}

const indexOf = (fields: readonly CapField[], child: XmlElement, parent: XmlElement): number =>
  child.namespace === parent.namespace ? fields.findIndex(({ name }) => name === child.name) : -1

function checkField(element: XmlElement, field: CapField, path: string, defects: CapDefect[]): void {
  if (isBlock(field)) checkBlock(element, { fields: field.type.fields, path, signed: false }, defects)
  else checkText(element, field.type as CapType, path, defects)
}

/** Required fields that were passed over; the first of them is there when it was seen. */
function missing(fields: readonly CapField[], firstSeen: boolean, path: string): CapDefect[] {
  return fields
    .slice(firstSeen ? 1 : 0)
    .filter(({ required }) => required)
    .map(({ name }) => defect(`${path}/${name}`, 'The element is missing.'))
}

function checkAttributes(element: XmlElement, path: string, defects: CapDefect[]): void {
  const unknown = Object.keys(element.attributes).find((name) => !name.startsWith('xsi:'))
  if (unknown !== undefined) defects.push(defect(path, `The attribute ${unknown} is not known.`))
}

function checkText(element: XmlElement, type: CapType, path: string, defects: CapDefect[]): void {
  checkAttributes(element, path, defects)
  if (element.children.length > 0) defects.push(defect(path, 'The element holds elements, not text.'))
  else if (!fits(element.text, type)) {
    defects.push(defect(path, `"${element.text.trim().slice(0, 60)}" is no ${nameOf(type)}.`))
  }
}

const nameOf = (type: CapType): string => (typeof type === 'string' ? type : `value of the list (${type.join(', ')})`)

function fits(text: string, type: CapType): boolean {
  // Of these types the schema lets blanks stand around the value; of plain strings it does not.
  const value = text.trim()
  switch (type) {
    case 'text':
      return true
    case 'dateTime':
      return CAP_TIME.test(value) && isMoment(value)
    case 'language':
      return /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(value)
    case 'integer':
      return /^[-+]?\d+$/.test(value)
    case 'decimal':
      return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value)
    case 'uri':
      return isUri(value)
    default:
      return type.includes(text)
  }
}

/** anyURI forbids next to nothing: a broken percent sign and a second #. */
const isUri = (value: string): boolean => !/%(?![0-9A-Fa-f]{2})/.test(value) && value.split('#').length <= 2

/** A date that exists, with an offset up to 14 hours; midnight may be written 24:00:00. */
function isMoment(value: string): boolean {
  const part = (from: number, to: number): number => Number(value.slice(from, to))
  const offset = part(20, 22) * 60 + part(23, 25)
  if (part(23, 25) > 59 || offset > 840) return false
  const endOfDay = value.slice(11, 19) === '24:00:00'
  const wall = {
    year: Math.max(part(0, 4), 100),
    month: part(5, 7),
    day: part(8, 10),
    hour: endOfDay ? 0 : part(11, 13),
    minute: part(14, 16),
    second: part(17, 19),
    millisecond: 0,
  }
  return part(0, 4) > 0 && wallAsUtc(wall) !== undefined
}
