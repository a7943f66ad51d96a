import type { InputSpec, MappingDocument, ObservationsSpec } from './mapping'
import type { MappingProblem } from './parseMapping'
import { conversion } from './units'

type Path = readonly (string | number)[]

/** What a mapping breaks as a whole, each with what to do about it: the schema sees one field at a time. */
export function brokenRules(document: MappingDocument, inputs: readonly InputSpec[]): MappingProblem[] {
  const { source } = document
  const known = new Set(document.properties.map((property) => property.key))
  return [
    ...inputs.flatMap((input, i) =>
      inputProblems(document, input, source.kind === 'files' ? ['source', 'inputs', i] : ['source', 'input']),
    ),
    ...document.streams.flatMap(({ property }, i) =>
      known.has(property) ? [] : [undeclared(['streams', i, 'property'], property)],
    ),
    ...document.limits.flatMap(({ property }, i) =>
      known.has(property) ? [] : [undeclared(['limits', i, 'property'], property)],
    ),
    ...sourceProblems(document),
  ]
}

const undeclared = (path: Path, property: string): MappingProblem => ({
  path,
  message: `names ${property}, which is not under properties: add it there`,
})

function sourceProblems({ source, clock, world }: MappingDocument): MappingProblem[] {
  if (source.kind !== 'files') return []
  const problems: MappingProblem[] = []
  if (clock === undefined)
    problems.push({ path: ['clock'], message: 'is missing: files are replayed by a clock, say mode and speed' })
  if (world.kind === 'live')
    problems.push({ path: ['world', 'kind'], message: 'is live: files are a replay, never the live city' })
  return problems
}

function inputProblems(document: MappingDocument, input: InputSpec, path: Path): MappingProblem[] {
  const { records } = input
  const missing = document.source.kind === 'files' && input.files === undefined
  const files = missing ? [{ path: [...path, 'files'], message: 'is missing: say which files this input reads' }] : []
  const at = [...path, 'records']
  if (records.kind === 'observations') return [...files, ...observationProblems(document, records, at)]
  if (records.kind === 'positions') return [...files, ...speedProblems(records.speed?.unit, at)]
  return files
}

function speedProblems(unit: string | undefined, path: Path): MappingProblem[] {
  if (unit === undefined || conversion(unit, 'm/s') !== undefined) return []
  return [{ path: [...path, 'speed', 'unit'], message: `${unit} is no unit of speed: use km/h, m/s, mph or kn` }]
}

function observationProblems(document: MappingDocument, records: ObservationsSpec, path: Path): MappingProblem[] {
  const problems: MappingProblem[] = []
  const { columns, wide } = records
  if ((columns === undefined) === (wide === undefined)) problems.push({ path, message: 'needs either columns or wide' })
  if (columns !== undefined && records.thing === undefined) {
    problems.push({ path: [...path, 'thing'], message: 'is missing: say which Thing a row speaks of' })
  }
  columns?.forEach((column, i) => problems.push(...unitProblems(document, column, [...path, 'columns', i])))
  if (wide !== undefined) problems.push(...unitProblems(document, wide, [...path, 'wide']))
  return problems
}

function unitProblems(
  document: MappingDocument,
  column: { property: string; unit: string },
  path: Path,
): MappingProblem[] {
  const property = document.properties.find((candidate) => candidate.key === column.property)
  if (property === undefined) return [undeclared([...path, 'property'], column.property)]
  if (column.unit === '' || column.unit === 'inCell' || conversion(column.unit, property.unit) !== undefined) return []
  return [
    {
      path: [...path, 'unit'],
      message: `${column.unit} does not convert to ${property.unit} of ${property.key}: correct one of them`,
    },
  ]
}
