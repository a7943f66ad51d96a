import { z } from 'zod'
import { earthquake } from '@/workers/models/earthquake/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Numbers = z.array(z.number())
/** null stands for NaN, on the way in as on the way out. */
const Gappy = z.array(
  z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
)
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
const PerValue = z
  .union([z.number(), z.array(z.number().nullable())])
  .nullable()
  .default(null)
const Model = z.enum(['allen2012_rrup', 'allen2012_rhypo', 'atkinson_wald_2007_california', 'atkinson_wald_2007_ceus'])
const Measure = z.enum(['PGA', 'PGV', 'SA(0.3)', 'SA(1.0)', 'SA(3.0)'])

const correlation = z.object({ periods_s: Numbers, ix1: Numbers, ix2: Numbers, h_km: Numbers })
const mvn = z.object({
  obs_x_km: Numbers,
  obs_resid: Numbers,
  obs_sigma_eps: Numbers,
  target_x_km: Numbers,
  gmpe_mean: z.number().default(0),
  tau: z.number(),
  phi: z.number(),
  corr: z.string().regex(/^exp\(-h\/[\d.]+ ?km\)$/),
})
const curve = { theta: z.number(), beta: z.number() }
const ring = z.object({
  epi_dist_km: z.number(),
  depth_km: z.number(),
  vp_km_s: z.number(),
  vs_km_s: z.number(),
  alert_delay_s: z.number(),
})
const origin = (rrup: z.infer<typeof PerValue>, mag: z.infer<typeof PerValue>, i: number) => {
  const [kilometres, magnitude] = [rrup, mag].map((value) => (Array.isArray(value) ? value[i] : value))
  return kilometres == null || magnitude == null ? {} : { kilometres, magnitude }
}

export const earthquakeKinds: Kinds = {
  ipe: kind(z.object({ model: Model, mag: z.number(), dist_km: z.number() }), ({ model, mag, dist_km }) =>
    earthquake.predictIntensity(model, mag, dist_km),
  ),
  ipe_cn: kind(
    z.object({ region: z.enum(['east', 'west']), Ms: z.number(), R_km: z.number() }),
    ({ region, Ms, R_km }) => {
      const { major, minor } = earthquake.chinaIntensity(region, Ms, R_km)
      return { Ia: major, Ib: minor }
    },
  ),
  gmice_gm2mi: kind(
    z.object({ imt: Measure, amps: Gappy, rrup_km: PerValue, mag: PerValue }),
    ({ imt, amps, rrup_km, mag }) => ({
      mmi: amps.map((amp, i) => orNull(earthquake.groundMotionToMmi(imt, amp, origin(rrup_km, mag, i)))),
    }),
  ),
  gmice_mi2gm: kind(
    z.object({ imt: Measure, mmi: Gappy, rrup_km: PerValue, mag: PerValue }),
    ({ imt, mmi, rrup_km, mag }) => ({
      amp: mmi.map((one, i) => orNull(earthquake.mmiToGroundMotion(imt, one, origin(rrup_km, mag, i)))),
    }),
  ),
  correlation: kind(correlation, ({ periods_s, ix1, ix2, h_km }) => ({
    rho: h_km.map((h, i) => earthquake.lothBaker(periods_s[ix1[i]!]!, periods_s[ix2[i]!]!, h)),
  })),
  mvn: kind(mvn, ({ obs_x_km, obs_resid, obs_sigma_eps, target_x_km, gmpe_mean, tau, phi, corr }) => {
    const length = Number(/([\d.]+) ?km/.exec(corr)?.[1])
    const stations = obs_x_km.map((x, i) => ({
      place: [x, 0] as const,
      residual: obs_resid[i]!,
      sigma: obs_sigma_eps[i]!,
    }))
    const field = { tau, phi, correlation: (h: number) => Math.exp(-h / length) }
    const targets = target_x_km.map((x) => [x, 0] as const)
    const { bias, means, deviations } = earthquake.conditionOnStations(stations, targets, field)
    return { bias, mean: means.map((mean) => mean + gmpe_mean), sd: deviations }
  }),
  pager_rate: kind(z.object({ ...curve, mmi: Numbers }), ({ theta, beta, mmi }) => ({
    rate: mmi.map((one) => earthquake.fatalityRate(theta, beta, one)),
  })),
  pager_loss: kind(z.object(curve).catchall(z.unknown()), ({ theta, beta, ...rest }) => {
    const exposure = z.array(z.number()).length(10).parse(Object.values(rest).find(Array.isArray))
    return earthquake.losses(theta, beta, exposure)
  }),
  pager_probs: kind(z.object({ expected: z.number(), G: z.number() }), ({ expected, G }) =>
    Object.fromEntries(
      earthquake
        .lossProbabilities(expected, G)
        .map(({ from, to, p }) => [`${from}-${to === Number.POSITIVE_INFINITY ? 10_000_000 : to}`, p]),
    ),
  ),
  pager_alert: kind(z.object({ deaths: Numbers }), ({ deaths }) => ({ level: deaths.map(earthquake.fatalityAlert) })),
  eew_mag: kind(z.object({ Pd_cm: z.number(), R_hypo_km: z.number() }), ({ Pd_cm, R_hypo_km }) =>
    earthquake.earlyMagnitude(Pd_cm, R_hypo_km),
  ),
  eew_ring: kind(ring, ({ epi_dist_km, depth_km, vp_km_s, vs_km_s, alert_delay_s }) => {
    const found = earthquake.warningRing(epi_dist_km, depth_km, { p: vp_km_s, s: vs_km_s }, alert_delay_s)
    return {
      t_p_s: found.pSeconds,
      t_s_s: found.sSeconds,
      lead_s: found.leadSeconds,
      blind_radius_km: found.blindKilometres,
    }
  }),
}
