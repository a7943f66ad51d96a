import { parseIso } from '../feed/timeText'
import { type JsonObject, isObject, jsonDocument, pointOfGeometry, scalarCell } from './documents'
import { type CellValue, type FormatReading, ReadingBuilder, refusedWhole } from './reading'

type Fields = Record<string, CellValue>

/** Where entities write their moment when no property has `observedAt`. */
const TIME_NAMES = ['observedAt', 'dateObserved', 'observationDateTime', 'dateModified', 'modifiedAt'] as const

/**
 * Reads NGSI-LD and NGSI v2 entities, normalized, concise or simplified, as GeoJSON, as a list or a Notification. A row
 * is one entity: `id`, `type`, `observedAt`, place, each property's value, and `name.unitCode`, `name.observedAt`.
 */
export function ngsiLdFormat(bytes: Uint8Array): FormatReading {
  const document = jsonDocument(bytes)
  if (!document.ok) return document.error
  const items = itemsOf(document.value)
  if (items.length === 0) return refusedWhole('notNgsiLd', 'There is no entity in the document.', '')
  const builder = new ReadingBuilder()
  items.forEach((item, i) => {
    const entity = isObject(item) ? flattened(item) : undefined
    const sample = JSON.stringify(item)
    const fields = entity === undefined ? undefined : entityFields(entity)
    if (fields === undefined) {
      builder.refuse(i + 1, { reason: 'notNgsiLd', message: 'An entity has an id and a type.' }, sample)
    } else builder.row(i + 1, fields, sample)
  })
  return builder
}

function itemsOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document
  if (!isObject(document)) return []
  for (const name of ['data', 'features']) {
    const list = document[name]
    if (Array.isArray(list) && ['Notification', 'FeatureCollection'].includes(String(document['type']))) return list
  }
  return [document]
}

/** The GeoJSON form keeps the entity in `properties` and its place in `geometry`. */
function flattened(item: JsonObject): JsonObject {
  const { properties, geometry, id } = item
  if (item['type'] !== 'Feature' || !isObject(properties)) return item
  return { id, ...properties, location: properties['location'] ?? geometry }
}

function entityFields(entity: JsonObject): Fields | undefined {
  const { id, type } = entity
  if (typeof id !== 'string' || typeof type !== 'string') return undefined
  const fields: Fields = {}
  for (const [name, attribute] of Object.entries(entity)) {
    if (name !== 'id' && name !== 'type' && name !== '@context') attributeFields(fields, name, attribute)
  }
  const place = placeOf(entity)
  const moment = momentOf(fields)
  const named = { id, type, ...(place ?? {}) }
  return { ...fields, ...named, ...(moment === undefined ? {} : { observedAt: moment }) }
}

function attributeFields(fields: Fields, name: string, attribute: unknown): void {
  const simple = scalarCell(attribute)
  if (simple !== undefined) fields[name] = simple
  if (!isObject(attribute)) return
  const value = scalarCell(valueOf(attribute))
  if (value !== undefined) fields[name] = value
  for (const part of ['unitCode', 'observedAt']) {
    const said = scalarCell(attribute[part])
    if (said !== undefined) fields[`${name}.${part}`] = said
  }
}

/** The value of a Property, the object of a Relationship, the text of a LanguageProperty, or a JSON-LD `@value`. */
function valueOf(attribute: JsonObject): unknown {
  const { value, object, languageMap } = attribute
  const inner =
    value ?? object ?? (isObject(languageMap) ? (languageMap['zh'] ?? Object.values(languageMap)[0]) : undefined)
  return isObject(inner) && '@value' in inner ? inner['@value'] : inner
}

function placeOf(entity: JsonObject): ReturnType<typeof pointOfGeometry> {
  const { location } = entity
  if (!isObject(location)) return undefined
  return pointOfGeometry(isObject(location['value']) ? location['value'] : location)
}

/** The newest `observedAt` of the properties, else the entity's own date; of an interval its beginning. */
function momentOf(fields: Fields): string | undefined {
  let newest: string | undefined
  for (const [name, value] of Object.entries(fields)) {
    if (!name.endsWith('.observedAt') || typeof value !== 'string' || Number.isNaN(parseIso(value))) continue
    if (newest === undefined || parseIso(value) > parseIso(newest)) newest = value
  }
  const own = TIME_NAMES.map((name) => fields[name]).find((value) => typeof value === 'string')
  return newest ?? (typeof own === 'string' ? own.split('/')[0] : undefined)
}
