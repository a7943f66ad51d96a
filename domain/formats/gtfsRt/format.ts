import { type CellValue, type FormatReading, ReadingBuilder, refusedWhole, toHex } from '../reading'
import { type WireMessage, bytesOf, intOf, messageOf, readMessage, realOf, textOf } from '../protobuf'

type Fields = Record<string, CellValue | undefined>

const CAUSES = [
  '',
  'UNKNOWN_CAUSE',
  'OTHER_CAUSE',
  'TECHNICAL_PROBLEM',
  'STRIKE',
  'DEMONSTRATION',
  'ACCIDENT',
  'HOLIDAY',
  'WEATHER',
  'MAINTENANCE',
  'CONSTRUCTION',
  'POLICE_ACTIVITY',
  'MEDICAL_EMERGENCY',
]
const EFFECTS = [
  '',
  'NO_SERVICE',
  'REDUCED_SERVICE',
  'SIGNIFICANT_DELAYS',
  'DETOUR',
  'ADDITIONAL_SERVICE',
  'MODIFIED_SERVICE',
  'OTHER_EFFECT',
  'UNKNOWN_EFFECT',
  'STOP_MOVED',
  'NO_EFFECT',
  'ACCESSIBILITY_ISSUE',
]
const STOP_STATUS = ['INCOMING_AT', 'STOPPED_AT', 'IN_TRANSIT_TO']
const RELATIONS = ['SCHEDULED', 'ADDED', 'UNSCHEDULED', 'CANCELED', '', 'REPLACEMENT', 'DUPLICATED', 'DELETED']

/**
 * Reads one FeedMessage. Each entity is one row of `kind` vehicle, tripUpdate, alert or deleted; `timestamp` (epoch s) is
 * the entity's own, else the feed's. Speed in m/s, delay in s.
 */
export function gtfsRtFormat(bytes: Uint8Array): FormatReading {
  const message = readMessage(bytes)
  const header = message === undefined ? undefined : messageOf(message, 1)
  if (message === undefined || header === undefined || textOf(header, 1) === undefined) {
    return refusedWhole('notGtfsRt', 'The bytes are no FeedMessage with a header.', toHex(bytes))
  }
  const builder = new ReadingBuilder()
  const at = intOf(header, 3)
  bytesOf(message, 2).forEach((entityBytes, i) => {
    const entity = readMessage(entityBytes)
    const fields = entity === undefined ? undefined : entityFields(entity, at)
    const sample = (): string => toHex(entityBytes)
    if (typeof fields === 'object') builder.row(i + 1, fields, sample)
    else builder.refuse(i + 1, { reason: 'entityUnreadable', message: fields ?? 'The entity is broken.' }, sample())
  })
  return builder
}

function entityFields(entity: WireMessage, at: number | undefined): Fields | string {
  const id = textOf(entity, 1)
  if (id === undefined) return 'The entity has no id.'
  const base = { id, timestamp: at }
  const [update, vehicle, alert] = [messageOf(entity, 3), messageOf(entity, 4), messageOf(entity, 5)]
  if (vehicle !== undefined) return { ...base, kind: 'vehicle', ...defined(vehicleFields(vehicle)) }
  if (update !== undefined) return { ...base, kind: 'tripUpdate', ...defined(updateFields(update)) }
  if (alert !== undefined) return { ...base, kind: 'alert', ...defined(alertFields(alert)) }
  if (intOf(entity, 2) === 1) return { ...base, kind: 'deleted' }
  return 'The entity holds no vehicle, trip update or alert that can be read.'
}

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

function tripFields(trip: WireMessage | undefined): Fields {
  if (trip === undefined) return {}
  return {
    tripId: textOf(trip, 1),
    startTime: textOf(trip, 2),
    startDate: textOf(trip, 3),
    relation: named(RELATIONS, intOf(trip, 4)),
    routeId: textOf(trip, 5),
  }
}

const named = (names: readonly string[], no: number | undefined): string | undefined =>
  no === undefined ? undefined : (names[no] ?? String(no)) || String(no)

function vehicleFields(vehicle: WireMessage): Fields {
  const position = messageOf(vehicle, 2)
  const descriptor = messageOf(vehicle, 8)
  return {
    ...tripFields(messageOf(vehicle, 1)),
    ...(position === undefined
      ? {}
      : {
          latitude: real(position, 1),
          longitude: real(position, 2),
          heading: real(position, 3),
          odometer: real(position, 4),
          speed: real(position, 5),
        }),
    stopSequence: intOf(vehicle, 3),
    status: named(STOP_STATUS, intOf(vehicle, 4)),
    timestamp: intOf(vehicle, 5),
    stopId: textOf(vehicle, 7),
    occupancy: intOf(vehicle, 9),
    ...(descriptor === undefined
      ? {}
      : { vehicleId: textOf(descriptor, 1), label: textOf(descriptor, 2), plate: textOf(descriptor, 3) }),
  }
}

/** A float's shortest decimal: 47.6 and not 47.599998474121094. */
function real(message: WireMessage, field: number): number | undefined {
  const value = realOf(message, field)
  return value === undefined || !Number.isFinite(value) ? undefined : Number(value.toPrecision(8))
}

function updateFields(update: WireMessage): Fields {
  const stops = bytesOf(update, 2)
  const first = stops[0] === undefined ? undefined : readMessage(stops[0])
  const descriptor = messageOf(update, 3)
  const arrival = first === undefined ? undefined : (messageOf(first, 2) ?? messageOf(first, 3))
  return {
    ...tripFields(messageOf(update, 1)),
    vehicleId: descriptor === undefined ? undefined : textOf(descriptor, 1),
    timestamp: intOf(update, 4),
    stops: stops.length,
    nextStopId: first === undefined ? undefined : textOf(first, 4),
    nextTime: arrival === undefined ? undefined : intOf(arrival, 2),
    delay: intOf(update, 5) ?? (arrival === undefined ? undefined : intOf(arrival, 1)),
  }
}

function alertFields(alert: WireMessage): Fields {
  const periods = bytesOf(alert, 1).map((period) => readMessage(period))
  const informed = bytesOf(alert, 5).map((entity) => readMessage(entity))
  const listed = (field: number): string | undefined => {
    const names = informed.flatMap((one) => (one === undefined ? [] : [textOf(one, field) ?? ''])).filter(Boolean)
    return names.length === 0 ? undefined : [...new Set(names)].join(' ')
  }
  return {
    from: periods[0] === undefined ? undefined : intOf(periods[0], 1),
    to: periods[0] === undefined ? undefined : intOf(periods[0], 2),
    cause: named(CAUSES, intOf(alert, 6)),
    effect: named(EFFECTS, intOf(alert, 7)),
    url: translated(alert, 8),
    header: translated(alert, 10),
    description: translated(alert, 11),
    routes: listed(2),
    stopsAffected: listed(5),
  }
}

/** The text in Chinese where there is one, else the first. */
function translated(alert: WireMessage, field: number): string | undefined {
  const text = messageOf(alert, field)
  if (text === undefined) return undefined
  const all = bytesOf(text, 1).flatMap((bytes) => readMessage(bytes) ?? [])
  const chosen = all.find((one) => textOf(one, 2)?.startsWith('zh') === true) ?? all[0]
  return chosen === undefined ? undefined : textOf(chosen, 1)
}
