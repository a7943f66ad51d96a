/** Bytes of a refused record that are kept: enough to mend it. */
export const SAMPLE_LIMIT = 2_048
const MASK = '•••'

/** Cuts a refused record to size and takes the contract's personal fields out of it. */
export function maskSample(sample: string, personalFields: readonly string[]): string {
  if (personalFields.length === 0) return cut(sample)
  const parsed = tryParse(sample)
  if (parsed === undefined) return MASK // unreadable text may hide a name anywhere
  return cut(JSON.stringify(masked(parsed, new Set(personalFields))))
}

function masked(value: unknown, fields: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, fields))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fields.has(name) ? MASK : masked(item, fields)]),
  )
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Cut at a whole character. */
const cut = (text: string): string => {
  const bytes = Buffer.from(text)
  return bytes.length <= SAMPLE_LIMIT ? text : bytes.subarray(0, SAMPLE_LIMIT).toString('utf8').replace(/�+$/, '')
}
