import type { FileFormat } from '../feed/mapping'
import { adsbFormat } from './adsb/format'
import { aisFormat } from './ais/format'
import { capFormat } from './cap/format'
import { cotFormat } from './cot/format'
import { geoJsonFormat } from './geoJson'
import { gtfsRtFormat } from './gtfsRt/format'
import { jt808Format } from './jt808/format'
import { ngsiLdFormat } from './ngsiLd'
import type { Format } from './reading'
import { sensorThingsFormat } from './sensorThings'
import { csvFormat, jsonFormat, ndjsonFormat, xmlFormat } from './table'

/** The format that an input of a mapping names. */
export function openFormat(format: FileFormat): Format {
  switch (format.kind) {
    case 'csv':
      return csvFormat(format)
    case 'ndjson':
      return ndjsonFormat(format.encoding)
    case 'json':
      return jsonFormat(format.records, format.encoding)
    case 'xml':
      return xmlFormat(format.row)
    default:
      return MESSAGE_FORMATS[format.kind]
  }
}

/** Formats that need nothing from the mapping. */
export const MESSAGE_FORMATS = {
  geojson: geoJsonFormat,
  cap: capFormat,
  jt808: jt808Format,
  cot: cotFormat,
  gtfsRt: gtfsRtFormat,
  ais: aisFormat,
  adsb: adsbFormat,
  sensorThings: sensorThingsFormat,
  ngsiLd: ngsiLdFormat,
} as const satisfies Readonly<Record<string, Format>>
