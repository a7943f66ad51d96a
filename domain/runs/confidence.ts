import type { Confidence, RunInput, Rung } from './modelRun'

export interface ConfidenceGround {
  readonly issueTime: number
  readonly inputs: readonly RunInput[]
  /** How often each input should speak, ms. */
  readonly periodMs: number
  readonly rung: Rung
  /** Codes of the model itself; EXTRAPOLATED says that its calibration ends before this case. */
  readonly quality: readonly string[]
  /** Skill over persistence of the model's scored forecasts; none before the first was scored. */
  readonly skill?: number
}

const LEAST_COVERAGE = 0.6

/** The grade of a run with its reasons (domain.md C3): printed on the legend of whatever shows it. */
export function confidenceOf(ground: ConfidenceGround): Confidence {
  const { issueTime, inputs, periodMs, rung, quality, skill } = ground
  const low = [
    ...(inputs.some(({ upTo }) => upTo === null || issueTime - upTo > 2 * periodMs) ? ['staleInput'] : []),
    ...(inputs.some(({ coverage }) => coverage < LEAST_COVERAGE) ? ['lowCoverage'] : []),
    ...(quality.includes('EXTRAPOLATED') ? ['extrapolated'] : []),
    ...(rung === 'rule' ? ['ruleOfThumb'] : []),
    ...(skill !== undefined && skill <= 0 ? ['worseThanPersistence'] : []),
  ]
  const medium = [...(rung === 'coarse' ? ['coarseGrid'] : []), ...(skill === undefined ? ['notVerified'] : [])]
  const grade = low.length > 0 ? 'low' : medium.length > 0 ? 'medium' : 'high'
  return { grade, reasons: [...low, ...medium] }
}
