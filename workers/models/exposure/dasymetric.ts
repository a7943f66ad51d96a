/** People of one source zone per cell of each land-use class. */
export interface Dasymetric {
  readonly perCell: Readonly<Record<string, number>>
  /** People given out; equals the people of the source to 1e-9 relative. */
  readonly sum: number
  /** True when every class weighs nothing and the people were spread evenly. */
  readonly spreadEvenly: boolean
}

/**
 * Spreads the people of a zone over its cells by the weight of their land-use class, keeping the total (Mennis 2003).
 * A class without a weight weighs nothing; when all weigh nothing, each cell gets the same.
 * @throws RangeError when people, cells or weights are negative or not finite, or people live in no cell.
 */
export function dasymetric(
  source: { readonly pop: number; readonly cells: Readonly<Record<string, number>> },
  weights: Readonly<Record<string, number>>,
): Dasymetric {
  const classes = Object.entries(source.cells)
  for (const value of [source.pop, ...classes.map(([, cells]) => cells), ...Object.values(weights)])
    if (!(value >= 0) || value === Number.POSITIVE_INFINITY)
      throw new RangeError(`People, cells and weights are finite and not negative, got ${value}.`)
  const totalOf = (weight: (name: string) => number): number =>
    classes.reduce((sum, [name, cells]) => sum + cells * weight(name), 0)
  const weighted = totalOf((name) => weights[name] ?? 0)
  const weight = weighted > 0 ? (name: string): number => weights[name] ?? 0 : (): number => 1
  const total = totalOf(weight)
  if (total === 0 && source.pop > 0) throw new RangeError('People cannot be spread over no cell.')
  const perCell = Object.fromEntries(
    classes.map(([name]) => [name, total === 0 ? 0 : (source.pop * weight(name)) / total]),
  )
  const sum = classes.reduce((people, [name, cells]) => people + cells * (perCell[name] ?? 0), 0)
  return { perCell, sum, spreadEvenly: weighted === 0 }
}
