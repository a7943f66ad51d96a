import { PathLayer } from '@deck.gl/layers'
import type { LayerTheme, Rgba } from './layerTheme'
import { theme as inks } from './layerTheme'
import type { Lift } from './lift'
import { lifted } from './lift'

type Place = readonly [number, number]

/** A line on or below the ground. Degrees. */
export interface PlaceLine {
  readonly kind: 'district' | 'metro' | 'drain' | 'pipeline'
  readonly path: readonly Place[]
}

const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const
/** Px of a line of each kind, and of the casing that lifts a metro line off the city. */
const WIDTH = { district: 1.2, metro: 3, drain: 1.2, pipeline: 2 } as const
const CASING = 7

/** Borders of districts, and what lies below the streets: metro white with a casing, drains in the hue of water. */
export function placeLayers(
  lines: readonly PlaceLine[],
  theme: LayerTheme,
  scale: number,
  lift: Lift,
): PathLayer<PlaceLine>[] {
  const ink = inkOf(theme)
  const layer = (id: string, data: readonly PlaceLine[], look: Pick<Look, 'color' | 'width'>): PathLayer<PlaceLine> =>
    new PathLayer<PlaceLine>({
      id,
      data,
      getPath: ({ path }) => path.map((place) => lifted(place, lift)),
      getColor: look.color,
      getWidth: look.width,
      widthUnits: 'pixels',
      jointRounded: true,
      capRounded: true,
      parameters: ON_TOP,
      updateTriggers: { getPath: lift, getColor: theme, getWidth: scale },
    })
  const metro = lines.filter(({ kind }) => kind === 'metro')
  return [
    layer('metro-casing', metro, { color: () => ink.casing, width: () => CASING * scale }),
    layer('places', lines, { color: ({ kind }) => ink[kind], width: ({ kind }) => WIDTH[kind] * scale }),
  ]
}

interface Look {
  readonly color: (line: PlaceLine) => Rgba
  readonly width: (line: PlaceLine) => number
}

const inkOf = (theme: LayerTheme): Record<PlaceLine['kind'] | 'casing', Rgba> => ({
  district: inks[theme].faint,
  metro: inks[theme].line,
  drain: theme === 'dark' ? [102, 173, 184, 210] : [33, 118, 132, 230],
  pipeline: theme === 'dark' ? [191, 227, 230, 255] : [12, 85, 99, 255],
  casing: theme === 'dark' ? [15, 18, 20, 230] : [243, 244, 244, 230],
})
