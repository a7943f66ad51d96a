import { ScatterplotLayer } from '@deck.gl/layers'
import type { LayerTheme } from './layerTheme'
import { theme as inks } from './layerTheme'
import type { Lift } from './lift'
import { lifted } from './lift'

/** A thin circle around what is selected or under the pointer. Degrees. */
export interface Selected {
  readonly position: readonly [number, number]
  readonly firm: boolean
}

export const selectionLayer = (
  selected: readonly Selected[],
  theme: LayerTheme,
  scale: number,
  lift: Lift,
): ScatterplotLayer<Selected> =>
  new ScatterplotLayer<Selected>({
    id: 'selection',
    data: selected,
    stroked: true,
    filled: false,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getPosition: ({ position }) => lifted(position, lift),
    getRadius: 13 * scale,
    getLineWidth: ({ firm }) => (firm ? 2 : 1) * scale,
    getLineColor: inks[theme].line,
    parameters: { depthCompare: 'always', depthWriteEnabled: false },
  })
