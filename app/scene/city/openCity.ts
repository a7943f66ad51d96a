import type { CityManifest } from '@/domain/city/manifest'
import type { CityPainter } from '../light/cityPainter'
import type { Place } from '../sceneModule'
import { BuildingTiles } from './buildings/buildingTiles'
import { cityThemes } from './cityTheme'
import { GroundLoader } from './ground/groundLoader'
import { GroundTiles } from './ground/groundTiles'
import { groundThemes } from './ground/groundTheme'
import { shadeUniforms } from './shade'

export interface CityOptions {
  readonly manifest: CityManifest
  /** Where the package lies on this host, without a slash at its end. */
  readonly root: string
  readonly painter: CityPainter
  readonly place: Place
  /** Degrees of the scene's origin. */
  readonly longitude: number
  readonly latitude: number
  readonly theme: 'dark' | 'light'
  readonly size: () => { readonly width: number; readonly height: number }
  readonly onFault: (module: string, cause: unknown) => void
  readonly onChange: () => void
}

export interface OpenCity {
  readonly ground: GroundTiles
  readonly buildings: readonly BuildingTiles[]
}

/**
 * Hangs a city package into the scene. The scene's zero is the city's home ground, so that numbers stay small and deck's
 * layers begin near it.
 */
export function openCity(options: CityOptions): OpenCity {
  const { manifest, root, painter, place, onFault, onChange } = options
  const theme = cityThemes[options.theme]
  const shared = shadeUniforms(theme, painter.uniforms)
  const { terrain, vector, bounds } = manifest
  const base = terrain.home
  const source = {
    terrain: { path: `${root}/${terrain.path}`, maxZoom: terrain.maxZoom },
    vector: { path: `${root}/${vector.path}`, maxZoom: vector.maxZoom },
  }
  const ground = new GroundTiles({
    bounds,
    minZoom: Math.max(terrain.minZoom, vector.minZoom),
    lowest: terrain.lowest,
    highest: terrain.highest,
    base,
    place,
    loader: new GroundLoader(source, groundThemes[options.theme]),
    theme,
    shared,
    onFault: (cause) => onFault('scene ground', cause),
    onChange,
  })
  const tilesets = [
    { tileset: manifest.buildings.tileset, keepMaterials: false },
    ...manifest.tilesets.map(({ tileset }) => ({ tileset, keepMaterials: true })),
  ]
  const buildings = tilesets.map(
    ({ tileset, keepMaterials }) =>
      new BuildingTiles({
        url: `${root}/${tileset}`,
        longitude: options.longitude,
        latitude: options.latitude,
        base: base + manifest.identity.geoidOffset,
        place,
        theme,
        shared,
        keepMaterials,
        size: options.size,
        onFault: (cause) => onFault('scene buildings', cause),
        onChange,
      }),
  )
  return { ground, buildings }
}
