import { z } from 'zod'
import { crowd } from '@/workers/models/crowd/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const exit = z.object({
  persons: z.number(),
  clear_width_m: z.number(),
  boundary_layer_m: z.number(),
  Fs_max_p_s_m: z.number(),
})
const alert = z.object({
  density_p_m2: z.number(),
  thresholds: z.object({ yellow: z.number(), orange: z.number(), red: z.number() }),
})

export const crowdKinds: Kinds = {
  fundamental_diagram: kind(z.object({ density_p_m2: z.number() }), ({ density_p_m2: density }) => {
    const speed = crowd.walkingSpeed(density)
    return { speed_ms: speed, specific_flow_p_ms: density * speed }
  }),
  fundamental_diagram_max: kind(z.object({}), () => {
    const { flow, density } = crowd.walkingCapacity()
    return { max_flow_p_ms: flow, at_density: density }
  }),
  fruin_los: kind(z.object({ space_m2_p: z.number(), type: z.enum(['walkway', 'queue']) }), ({ space_m2_p, type }) => ({
    los: crowd.fruinLevel(type, space_m2_p),
  })),
  crowd_pressure: kind(
    z.object({ density: z.number(), velocity_variance_m2_s2: z.number() }),
    ({ density, velocity_variance_m2_s2 }) => {
      const { pressure, isTurbulent } = crowd.crowdPressure(density, velocity_variance_m2_s2)
      return { 'pressure_s-2': pressure, turbulence_warning: isTurbulent }
    },
  ),
  hydraulic_exit: kind(exit, ({ persons, clear_width_m, boundary_layer_m, Fs_max_p_s_m }) =>
    crowd.exitSeconds(persons, clear_width_m, boundary_layer_m, Fs_max_p_s_m),
  ),
  sfpe_speed: kind(z.object({ density: z.number(), k: z.number(), a: z.number() }), ({ density, k, a }) =>
    crowd.sfpeSpeed(density, k, a),
  ),
  density_alert: kind(alert, ({ density_p_m2, thresholds }) => ({
    level: crowd.densityAlert(density_p_m2, thresholds),
  })),
  fuse: kind(z.record(z.string(), z.tuple([z.number(), z.number()])), (counts) => {
    const { count, deviation } = crowd.fuseCounts(Object.values(counts))
    return { count, sd: deviation }
  }),
}
