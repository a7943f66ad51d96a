import type { Feature, FeatureCollection } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

/** Land as polygons of rings, degrees. Natural Earth at 1:50 million, from the package that the stage draws too. */
export async function landRings(): Promise<readonly (readonly (readonly number[])[][])[]> {
  const { default: file } = await import('world-atlas/land-50m.json')
  const topology = file as unknown as Topology
  const land = topology.objects['land'] as GeometryCollection | undefined
  if (land === undefined) throw new Error('The land file holds no object named land.')
  return (feature(topology, land) as FeatureCollection).features.flatMap(polygonsOf)
}

function polygonsOf({ geometry }: Feature): number[][][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates]
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
}
