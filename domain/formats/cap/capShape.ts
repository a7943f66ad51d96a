/** What an element of CAP 1.2 may hold; the tables below are the schema of OASIS, in its order. */
export type CapType = 'text' | 'dateTime' | 'language' | 'integer' | 'decimal' | 'uri' | readonly string[]

export interface CapField {
  readonly name: string
  readonly required: boolean
  readonly many: boolean
  readonly type: CapType | { readonly fields: readonly CapField[] }
}

const one = (name: string, type: CapField['type'] = 'text'): CapField => ({ name, required: true, many: false, type })
const maybe = (name: string, type: CapField['type'] = 'text'): CapField => ({
  name,
  required: false,
  many: false,
  type,
})
const any = (name: string, type: CapField['type'] = 'text'): CapField => ({ name, required: false, many: true, type })

const PAIR = { fields: [one('valueName'), one('value')] }

const RESOURCE: readonly CapField[] = [
  one('resourceDesc'),
  one('mimeType'),
  maybe('size', 'integer'),
  maybe('uri', 'uri'),
  maybe('derefUri'),
  maybe('digest'),
]

const AREA: readonly CapField[] = [
  one('areaDesc'),
  any('polygon'),
  any('circle'),
  any('geocode', PAIR),
  maybe('altitude', 'decimal'),
  maybe('ceiling', 'decimal'),
]

export const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const

const INFO: readonly CapField[] = [
  maybe('language', 'language'),
  {
    ...one('category', [
      'Geo',
      'Met',
      'Safety',
      'Security',
      'Rescue',
      'Fire',
      'Health',
      'Env',
      'Transport',
      'Infra',
      'CBRNE',
      'Other',
    ]),
    many: true,
  },
  one('event'),
  any('responseType', ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None']),
  one('urgency', ['Immediate', 'Expected', 'Future', 'Past', 'Unknown']),
  one('severity', SEVERITIES),
  one('certainty', ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown']),
  maybe('audience'),
  any('eventCode', PAIR),
  maybe('effective', 'dateTime'),
  maybe('onset', 'dateTime'),
  maybe('expires', 'dateTime'),
  maybe('senderName'),
  maybe('headline'),
  maybe('description'),
  maybe('instruction'),
  maybe('web', 'uri'),
  maybe('contact'),
  any('parameter', PAIR),
  any('resource', { fields: RESOURCE }),
  any('area', { fields: AREA }),
]

export const ALERT: readonly CapField[] = [
  one('identifier'),
  one('sender'),
  one('sent', 'dateTime'),
  one('status', ['Actual', 'Exercise', 'System', 'Test', 'Draft']),
  one('msgType', ['Alert', 'Update', 'Cancel', 'Ack', 'Error']),
  maybe('source'),
  one('scope', ['Public', 'Restricted', 'Private']),
  maybe('restriction'),
  maybe('addresses'),
  any('code'),
  maybe('note'),
  maybe('references'),
  maybe('incidents'),
  any('info', { fields: INFO }),
]

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2'
export const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#'

/** The time of CAP: seconds, an offset, no Z. The comma is the schema's own. */
export const CAP_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/
