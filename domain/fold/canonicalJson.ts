/** JSON with the keys of every object in order: one text for one value, wherever it was stored meanwhile. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, inOrder)

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
