import type { CityManifest } from '@/domain/city/manifest'
import type { CityPainter } from '../light/cityPainter'
import type { Quality } from '../light/quality'
import type { Place } from '../sceneModule'
import { tilesWithin } from '@/domain/geodesy/webMercator'
import type { TileAddress } from '@/domain/geodesy/webMercator'
import { Bridges } from './bridges/bridges'
import { BuildingTiles } from './buildings/buildingTiles'
import { cityThemes } from './cityTheme'
import { GroundLoader } from './ground/groundLoader'
import { GroundTiles } from './ground/groundTiles'
import { groundThemes } from './ground/groundTheme'
import { squareOf } from './mercatorTile'
import { shadeUniforms } from './shade'

export interface CityOptions {
  readonly manifest: CityManifest
  /** Where the package lies on this host, without a slash at its end. */
  readonly root: string
  readonly painter: CityPainter
  readonly quality: Quality
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
  readonly bridges: Bridges
}

/**
 * Hangs a city package into the scene. The scene's zero is the city's home ground, so that numbers stay small and deck's
 * layers begin near it.
 */
export function openCity(options: CityOptions): OpenCity {
  const { manifest, root, painter, quality, place, onFault, onChange } = options
  const theme = cityThemes[options.theme]
  const shared = shadeUniforms(theme, painter.uniforms)
  const { terrain, vector, bounds } = manifest
  const base = terrain.home
  const bridgeTiles = tilesOfBridges(manifest)
  const source = {
    terrain: { path: `${root}/${terrain.path}`, maxZoom: terrain.maxZoom },
    vector: { path: `${root}/${vector.path}`, maxZoom: vector.maxZoom },
    bridgeZoom: bridgeTiles[0]?.z ?? 0,
  }
  const loader = new GroundLoader(source, groundThemes[options.theme])
  const ground = new GroundTiles({
    bounds,
    minZoom: Math.max(terrain.minZoom, vector.minZoom),
    target: quality.groundTarget,
    lowest: terrain.lowest,
    highest: terrain.highest,
    base,
    place,
    loader,
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
        errorPixels: quality.buildingError,
        size: options.size,
        onFault: (cause) => onFault('scene buildings', cause),
        onChange,
      }),
  )
  const bridges = new Bridges({
    asked: loader.bridges(
      bridgeTiles.map((tile) => ({ tile, square: squareOf(tile, place) })),
      base,
    ),
    theme,
    shared,
    onFault: (cause) => onFault('scene bridges', cause),
    onChange,
  })
  return { ground, buildings, bridges }
}

/** So many tiles of lines are read for the bridges of a city, at the finest zoom that covers it with them. */
const MOST_BRIDGE_TILES = 80

function tilesOfBridges({ bounds, vector }: CityManifest): readonly TileAddress[] {
  for (let zoom = Math.min(14, vector.maxZoom); zoom > 12; zoom--) {
    const tiles = tilesWithin(bounds, zoom)
    if (tiles.length <= MOST_BRIDGE_TILES) return tiles
  }
  return tilesWithin(bounds, Math.min(12, vector.maxZoom))
}
