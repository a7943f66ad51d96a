/** Magnitude from the peak displacement (cm) of the first 4 s at a hypocentral distance (km); Kuyuk and Allen 2013. */
export function earlyMagnitude(displacementCm: number, kilometres: number): number {
  if (!(displacementCm > 0 && kilometres > 0))
    throw new RangeError(`Displacement and distance are above 0, got ${displacementCm} cm at ${kilometres} km.`)
  return 5.39 + 1.23 * Math.log10(displacementCm) + 1.38 * Math.log10(kilometres)
}

export interface WarningRing {
  /** Arrival of the P and S wave after the origin, s. */
  readonly pSeconds: number
  readonly sSeconds: number
  /** From the alert to strong shaking, s; negative where the alert comes too late. */
  readonly leadSeconds: number
  /** Within this distance of the epicentre the alert comes too late, km. */
  readonly blindKilometres: number
}

/** When the waves arrive at an epicentral distance and what an alert `alertSeconds` after the origin is worth there. */
export function warningRing(
  epicentralKilometres: number,
  depthKilometres: number,
  speeds: { readonly p: number; readonly s: number },
  alertSeconds: number,
): WarningRing {
  if (!(epicentralKilometres >= 0 && depthKilometres >= 0 && speeds.p > 0 && speeds.s > 0 && alertSeconds >= 0))
    throw new RangeError('Distances and delays are not negative, speeds above 0.')
  const way = Math.hypot(epicentralKilometres, depthKilometres)
  const sSeconds = way / speeds.s
  const blind = (speeds.s * alertSeconds) ** 2 - depthKilometres ** 2
  return {
    pSeconds: way / speeds.p,
    sSeconds,
    leadSeconds: sSeconds - alertSeconds,
    blindKilometres: Math.sqrt(Math.max(0, blind)),
  }
}
