import table from './toxicLevels.json'

const GAS_CONSTANT = 8.314_462_618

export interface ToxicLevels {
  /** g/mol. */
  readonly molarMass: number
  /** Levels 1 to 3, ppm; null where none is set. */
  readonly aegl60: readonly (number | null)[]
  readonly erpg: readonly (number | null)[]
  /** How far the values were checked. */
  readonly status: string
}

/** Levels of a substance by CAS number. @throws RangeError for a substance that is not in the table. */
export function toxicLevels(cas: string): ToxicLevels {
  const found = table.substances.find((substance) => substance.cas === cas)
  if (found === undefined) throw new RangeError(`The table of toxic levels has no substance ${cas}.`)
  return { molarMass: found.mw, aegl60: found.aegl60_ppm, erpg: found.erpg_ppm, status: table.status }
}

/** mg/m³ of a gas of `ppm` parts per million of the volume. @throws RangeError for a pressure or temperature not above 0. */
export function milligramsPerCubicMetre(ppm: number, molarMass: number, kelvin = 298.15, pascal = 101_325): number {
  if (!(kelvin > 0 && pascal > 0 && molarMass > 0))
    throw new RangeError(`A gas has a mass, temperature and pressure, got ${molarMass}, ${kelvin} K, ${pascal} Pa.`)
  return (ppm * pascal * molarMass) / (GAS_CONSTANT * kelvin) / 1000
}
