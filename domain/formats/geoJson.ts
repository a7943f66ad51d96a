import { isObject, jsonDocument, pointOfGeometry, scalarFields } from './documents'
import { type FormatReading, ReadingBuilder, refusedWhole } from './reading'

/** Reads a FeatureCollection or one Feature. A row is the properties with `id`, `longitude`, `latitude` and `depth`. */
export function geoJsonFormat(bytes: Uint8Array): FormatReading {
  const document = jsonDocument(bytes)
  if (!document.ok) return document.error
  const root = document.value
  const features = isObject(root) ? (root['type'] === 'Feature' ? [root] : root['features']) : undefined
  if (!Array.isArray(features)) return refusedWhole('notGeoJson', 'There is no list of features.', '')
  const builder = new ReadingBuilder()
  features.forEach((feature: unknown, i) => {
    const sample = (): string => JSON.stringify(feature)
    if (!isObject(feature) || feature['type'] !== 'Feature') {
      return builder.refuse(i + 1, { reason: 'notFeature', message: 'The item is no Feature.' }, sample())
    }
    const { id, properties, geometry } = feature
    const key = typeof id === 'string' || typeof id === 'number' ? id : undefined
    const fields = isObject(properties) ? scalarFields(properties) : {}
    builder.row(i + 1, { ...fields, ...(key === undefined ? {} : { id: key }), ...pointOfGeometry(geometry) }, sample)
  })
  return builder
}
