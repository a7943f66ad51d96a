import { ScatterplotLayer } from '@deck.gl/layers'
import type { LayerTheme } from './layerTheme'
import { theme as inks } from './layerTheme'

/** A thin circle around what is selected or under the pointer. Degrees. */
export interface Selected {
  readonly position: readonly [number, number]
  readonly firm: boolean
}

export const selectionLayer = (
  selected: readonly Selected[],
  theme: LayerTheme,
  scale: number,
): ScatterplotLayer<Selected> =>
  new ScatterplotLayer<Selected>({
    id: 'selection',
    data: selected,
    stroked: true,
    filled: false,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getPosition: ({ position }) => [position[0], position[1]],
    getRadius: 13 * scale,
    getLineWidth: ({ firm }) => (firm ? 2 : 1) * scale,
    getLineColor: inks[theme].line,
    parameters: { depthCompare: 'always', depthWriteEnabled: false },
  })
