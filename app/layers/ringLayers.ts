import { ScatterplotLayer } from '@deck.gl/layers'
import type { LayerTheme } from './layerTheme'
import { theme as inks } from './layerTheme'
import type { Lift } from './lift'
import { lifted } from './lift'

/** A ring of true size on the ground. Degrees and metres. */
export interface Ring {
  readonly key: string
  readonly position: readonly [number, number]
  readonly radius: number
  /** 1 to 4 for something urgent; 0 for a report, which is white; −1 for one without a size, which is faint. */
  readonly urgency: number
}

const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const

const rings = (
  id: string,
  data: readonly Ring[],
  theme: LayerTheme,
  look: { width: number; least: number; lift: Lift },
): ScatterplotLayer<Ring> =>
  new ScatterplotLayer<Ring>({
    id,
    data,
    pickable: true,
    stroked: true,
    filled: false,
    radiusUnits: 'meters',
    radiusMinPixels: look.least,
    lineWidthUnits: 'pixels',
    getLineWidth: look.width,
    getPosition: (ring) => lifted(ring.position, look.lift),
    getRadius: (ring) => ring.radius,
    getLineColor: (ring) =>
      inks[theme].urgency[ring.urgency] ?? (ring.urgency < 0 ? inks[theme].faint : inks[theme].line),
    parameters: ON_TOP,
    updateTriggers: { getLineColor: theme, getPosition: look.lift },
  })

/** The ground under each alarm's pin: 90 m, so that its size on the map says how near one is. */
export const alarmRings = (
  data: readonly Ring[],
  theme: LayerTheme,
  scale: number,
  lift: Lift,
): ScatterplotLayer<Ring> => rings('alarm-rings', data, theme, { width: 2.5 * scale, least: 7 * scale, lift })

/** Reports of natural events, each as large as what broke. */
export const reportRings = (
  data: readonly Ring[],
  theme: LayerTheme,
  scale: number,
  lift: Lift,
): ScatterplotLayer<Ring> => rings('reports', data, theme, { width: 1.5 * scale, least: 3 * scale, lift })

/** Metres of the ring of an alarm. */
export const ALARM_RADIUS = 90

/**
 * Half the subsurface rupture length of an earthquake, metres: log10 L = −2.44 + 0.59 M, L in km (Wells and
 * Coppersmith 1994, all slip types). Below magnitude 4.8 the relation is an extrapolation.
 */
export const ruptureRadius = (magnitude: number): number => (10 ** (-2.44 + 0.59 * magnitude) * 1000) / 2
