import { type JsonObject, isObject, jsonDocument, pointOfGeometry, scalarCell, scalarFields } from './documents'
import { type CellValue, type FormatReading, ReadingBuilder, refusedWhole } from './reading'

type Fields = Record<string, CellValue | undefined>

/**
 * Reads what OGC SensorThings 1.1 sends: an Observation, a page (`value`), data arrays, a `$batch`, or entities with
 * what is nested in them. Rows of `kind` observation have `datastream`, `time`, `result`; others have `kind` entity.
 */
export function sensorThingsFormat(bytes: Uint8Array): FormatReading {
  const document = jsonDocument(bytes)
  if (!document.ok) return document.error
  const builder = new ReadingBuilder()
  const items = itemsOf(document.value)
  if (items.length === 0) {
    return refusedWhole('notSensorThings', 'There is no entity in the document.', JSON.stringify(document.value))
  }
  items.forEach((item, i) => itemRows(builder, item, { line: i + 1, datastream: undefined, collection: undefined }))
  return builder
}

function itemsOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document
  if (!isObject(document)) return []
  const { value, requests } = document
  if (Array.isArray(value)) return value
  return Array.isArray(requests) ? requests : [document]
}

interface Place {
  readonly line: number
  readonly datastream: CellValue | undefined
  /** The collection that the item was posted to, where the message says so. */
  readonly collection: string | undefined
}

function itemRows(builder: ReadingBuilder, item: unknown, at: Place): void {
  const sample = JSON.stringify(item)
  if (!isObject(item)) {
    return builder.refuse(at.line, { reason: 'notSensorThings', message: 'An entity is a JSON object.' }, sample)
  }
  if (isObject(item['body']) && typeof item['url'] === 'string') {
    return itemRows(builder, item['body'], { ...at, ...targetOf(item['url']) })
  }
  if (Array.isArray(item['dataArray'])) return dataArrayRows(builder, item, at)
  if ('result' in item || at.collection === 'Observations') return observationRow(builder, item, at)
  entityRows(builder, item, at)
}

/** `Datastreams(12)/Observations` names both the collection and the Datastream. */
function targetOf(url: string): Pick<Place, 'collection' | 'datastream'> {
  const path = url.split('?')[0] ?? ''
  const datastream = /Datastreams\(([^)]+)\)/.exec(path)?.[1]?.replace(/^'|'$/g, '')
  return { collection: path.split('/').at(-1), datastream }
}

function observationRow(builder: ReadingBuilder, item: JsonObject, at: Place): void {
  const sample = JSON.stringify(item)
  const datastream = idOf(item['Datastream']) ?? at.datastream
  const result = scalarCell(item['result'])
  if (result === undefined) {
    return builder.refuse(
      at.line,
      { reason: 'resultMissing', message: 'The Observation has no single result.' },
      sample,
    )
  }
  builder.row(at.line, observationFields(item, datastream, result), sample)
}

function observationFields(item: JsonObject, datastream: CellValue | undefined, result: CellValue): Fields {
  const [from, to] = intervalOf(item['phenomenonTime'])
  const resultTime = scalarCell(item['resultTime'])
  return {
    ...(isObject(item['parameters']) ? scalarFields(item['parameters']) : {}),
    kind: 'observation',
    id: idOf(item),
    datastream,
    time: from ?? resultTime,
    timeEnd: to,
    resultTime,
    result,
    resultQuality: scalarCell(item['resultQuality']),
  }
}

function intervalOf(time: unknown): readonly [string | undefined, string | undefined] {
  if (typeof time !== 'string') return [undefined, undefined]
  const [from, to] = time.split('/')
  return [from, to]
}

/** The id of an entity, by `@iot.id` or plain `id` as version 2 has it. */
function idOf(entity: unknown): CellValue | undefined {
  return isObject(entity) ? (scalarCell(entity['@iot.id']) ?? scalarCell(entity['id'])) : undefined
}

function dataArrayRows(builder: ReadingBuilder, item: JsonObject, at: Place): void {
  const { components, dataArray } = item
  const names = Array.isArray(components) ? components.filter((name) => typeof name === 'string') : []
  const datastream = idOf(item['Datastream']) ?? dataArrayTarget(item) ?? at.datastream
  for (const values of dataArray as readonly unknown[]) {
    const sample = JSON.stringify(values)
    if (!Array.isArray(values) || values.length !== names.length) {
      const told = `The row does not have one value for each of ${names.length} components.`
      builder.refuse(at.line, { reason: 'columnsWrong', message: told }, sample)
      continue
    }
    const observation = Object.fromEntries(names.map((name, i) => [name, (values as readonly unknown[])[i]]))
    observationRow(builder, observation, { ...at, datastream })
  }
}

function dataArrayTarget(item: JsonObject): string | undefined {
  const link = item['Datastream@iot.navigationLink']
  return typeof link === 'string' ? /Datastreams\(([^)]+)\)/.exec(link)?.[1]?.replace(/^'|'$/g, '') : undefined
}

const NESTED = ['Datastreams', 'Observations', 'Things', 'MultiDatastreams'] as const
const DEEPEST = 6

function entityRows(builder: ReadingBuilder, item: JsonObject, at: Place, depth = 0): void {
  const collection = at.collection
  const location = isObject(item['location']) ? item['location'] : undefined
  const fields = { ...scalarFields(item), kind: 'entity', id: idOf(item), collection, ...pointOfGeometry(location) }
  builder.row(at.line, fields, JSON.stringify(item))
  if (depth >= DEEPEST) return
  for (const name of NESTED) {
    const list = item[name]
    if (!Array.isArray(list)) continue
    const datastream = collection === 'Datastreams' ? (idOf(item) ?? scalarCell(item['name'])) : at.datastream
    for (const child of list as readonly unknown[]) {
      if (!isObject(child))
        builder.refuse(
          at.line,
          { reason: 'notSensorThings', message: 'An entity is a JSON object.' },
          JSON.stringify(child),
        )
      else if (name === 'Observations') observationRow(builder, child, { ...at, datastream })
      else entityRows(builder, child, { ...at, datastream, collection: name }, depth + 1)
    }
  }
}
