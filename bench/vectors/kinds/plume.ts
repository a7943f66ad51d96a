import { z } from 'zod'
import { denseCurve } from '@/workers/models/plume/denseGas'
import { plume } from '@/workers/models/plume/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Stability = z.enum(['A', 'B', 'C', 'D', 'E', 'F'])
const SpreadSet = z.enum(['briggs_rural', 'briggs_urban', 'isc3_rural', 'ccps_puff'])
const cloud = {
  u_ms: z.number(),
  h_m: z.number().default(0),
  x_m: z.number(),
  y_m: z.number().default(0),
  z_m: z.number().default(0),
  sigma_y_m: z.number().optional(),
  sigma_z_m: z.number().optional(),
  sigma_set: SpreadSet.optional(),
  stability: Stability.optional(),
  zi_m: z.number().optional(),
}
const steady = z.object({ ...cloud, Q_kg_s: z.number().optional(), Q_g_s: z.number().optional() })
const instant = z.object({
  ...cloud,
  M_kg: z.number().optional(),
  M_g: z.number().optional(),
  t_s: z.number(),
  sigma_x_m: z.number().optional(),
})
const dense = {
  rho_gas: z.number(),
  u10_ms: z.number(),
  T_air_K: z.number(),
  T_gas_K: z.number(),
  x_m: z.number(),
}
const densePuff = z.object({
  ...dense,
  mass_kg: z.number().optional(),
  M_kg: z.number().optional(),
  m_kg: z.number().optional(),
  V0_m3: z.number().optional(),
})
const field = z.object({
  Q_g_s: z.number(),
  h_m: z.number(),
  z_receptor_m: z.number(),
  z0_m: z.number(),
  L_m: z.number(),
  u_2m_ms: z.number(),
  arcs_m: z.array(z.number()),
})

const releaseOf = ({ rho_gas, u10_ms, T_air_K, T_gas_K }: Omit<z.infer<typeof densePuff>, 'x_m'>) => ({
  density: rho_gas,
  wind: u10_ms,
  airKelvin: T_air_K,
  gasKelvin: T_gas_K,
})

export const plumeKinds: Kinds = {
  sigma: kind(z.object({ set: SpreadSet, stability: Stability, x_m: z.number() }), ({ set, stability, x_m }) => {
    const { y, z: upwards } = plume.spread(set, stability, x_m)
    return { sigma_x_m: y, sigma_y_m: y, sigma_z_m: upwards }
  }),
  wind_profile: kind(
    z.object({
      law: z.enum(['irwin_rural', 'irwin_urban', 'isc3_urban']),
      stability: Stability,
      u_ref_ms: z.number(),
      z_ref_m: z.number(),
      z_m: z.number(),
    }),
    ({ law, stability, u_ref_ms, z_ref_m, z_m }) => plume.windAtHeight(law, stability, u_ref_ms, [z_ref_m, z_m]),
  ),
  plume: kind(steady, (input) => {
    const kilograms = input.Q_kg_s ?? (input.Q_g_s ?? Number.NaN) / 1000
    return inUnits(plume.plumeConcentration(kilograms, sourceOf(input), placeOf(input), spreadOf(input, input.x_m)))
  }),
  puff: kind(instant, (input) => {
    const kilograms = input.M_kg ?? (input.M_g ?? Number.NaN) / 1000
    const along = input.sigma_x_m === undefined ? {} : { x: input.sigma_x_m }
    const sigma = { ...spreadOf(input, input.u_ms * input.t_s), ...along }
    return inUnits(
      plume.puffConcentration(kilograms, sourceOf(input), { ...placeOf(input), seconds: input.t_s }, sigma),
    )
  }),
  bm_curve: kind(z.object({ alpha: z.number(), mode: z.enum(['plume', 'puff']) }), ({ alpha, mode }) => ({
    'beta_at_c/c0': Object.fromEntries(denseCurve(mode, alpha).map(({ share, beta }) => [String(share), beta])),
  })),
  bm_plume: kind(z.object({ ...dense, mdot_kg_s: z.number() }), ({ mdot_kg_s, x_m, ...release }) =>
    plume.densePlume(releaseOf(release), mdot_kg_s / release.rho_gas, x_m),
  ),
  bm_puff: kind(densePuff, ({ mass_kg, M_kg, m_kg, V0_m3, x_m, ...release }) => {
    const mass = mass_kg ?? M_kg ?? m_kg ?? Number.NaN
    return plume.densePuff(releaseOf(release), V0_m3 ?? mass / release.rho_gas, x_m)
  }),
  toxic_table: kind(z.object({ cas: z.string() }), ({ cas }) => {
    const { molarMass, aegl60, erpg } = plume.toxicLevels(cas)
    return { mw: molarMass, aegl60_ppm: aegl60, erpg_ppm: erpg }
  }),
  unit: kind(
    z.object({ ppm: z.number(), mw: z.number(), T_K: z.number().optional(), P_Pa: z.number().optional() }),
    ({ ppm, mw, T_K, P_Pa }) => plume.milligramsPerCubicMetre(ppm, mw, T_K, P_Pa),
  ),
  field_plume: kind(
    field,
    ({ Q_g_s, h_m, z_receptor_m, z0_m, L_m, u_2m_ms, arcs_m }) => {
      const stability = plume.stabilityByMoninObukhov(L_m, z0_m)
      const source = { height: h_m, wind: u_2m_ms }
      const most = arcs_m.map((x) => {
        const sigma = plume.spread('briggs_rural', stability, x)
        return plume.plumeConcentration(Q_g_s * 1000, source, { x, y: 0, z: z_receptor_m }, sigma)
      })
      return { arc_max_mg_m3: most }
    },
    { corpus: agreesWithField },
  ),
}

const sourceOf = ({ h_m, u_ms, zi_m }: z.infer<typeof steady>) => ({
  height: h_m,
  wind: u_ms,
  ...(zi_m === undefined ? {} : { mixingHeight: zi_m }),
})

const placeOf = ({ x_m, y_m, z_m }: z.infer<typeof steady>) => ({ x: x_m, y: y_m, z: z_m })

function spreadOf({ sigma_y_m, sigma_z_m, sigma_set, stability }: z.infer<typeof steady>, x: number) {
  if (sigma_y_m !== undefined && sigma_z_m !== undefined) return { y: sigma_y_m, z: sigma_z_m }
  return plume.spread(SpreadSet.parse(sigma_set), Stability.parse(stability), x)
}

/** The same concentration in the units that cases name. */
const inUnits = (kilograms: number) => ({
  c_kg_m3: kilograms,
  c_g_m3: kilograms * 1e3,
  c_mg_m3: kilograms * 1e6,
  c_ug_m3: kilograms * 1e9,
})

const Arcs = z.object({ arc_max_mg_m3: z.array(z.number()) })

/** Chang and Hanna's bar over all arcs of all runs together: FAC2 ≥ 0.5, |FB| ≤ 0.3, NMSE ≤ 1.5. */
function agreesWithField(pairs: readonly { got: unknown; expected: unknown }[]): string | undefined {
  const points = pairs.flatMap(({ got, expected }) => {
    const [model, field] = [Arcs.parse(got).arc_max_mg_m3, Arcs.parse(expected).arc_max_mg_m3]
    return field.map((observed, i) => [model[i]!, observed] as const)
  })
  const mean = (of: (model: number, observed: number) => number): number =>
    points.reduce((sum, [model, observed]) => sum + of(model, observed), 0) / points.length
  const [model, observed] = [mean((one) => one), mean((_, one) => one)]
  const within = mean((one, other) => Number(one >= other / 2 && one <= other * 2))
  const bias = (2 * (observed - model)) / (observed + model)
  const scatter = mean((one, other) => (one - other) ** 2) / (model * observed)
  const figures = `FAC2 ${within.toFixed(3)}, FB ${bias.toFixed(3)}, NMSE ${scatter.toFixed(3)} over ${points.length} arcs`
  return within >= 0.5 && Math.abs(bias) <= 0.3 && scatter <= 1.5 ? undefined : figures
}
