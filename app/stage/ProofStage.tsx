'use client'

import { ScatterplotLayer } from '@deck.gl/layers'
import { BoxGeometry, Mesh, MeshBasicMaterial } from 'three'
import { useState } from 'react'
import type { SceneModule } from '@/app/scene/sceneModule'
import type { LocalFrame } from './localFrame'
import type { Stage } from './stage'
import { StageView } from './StageView'
import { windowOfTile } from '@/domain/wall/wallLayout'

/** Boxes of 100 m at 30° N; deck's dots are given in degrees and must sit on the corners of their roofs. */
const ORIGIN = { longitude: 114.3, latitude: 30.6, zoom: 15.2, pitch: 50, bearing: 20 }
const PLACES: readonly (readonly [number, number])[] = [
  [114.2975, 30.6015],
  [114.301, 30.599],
  [114.3035, 30.6022],
]
const HALF = 50
const HEIGHT = 120

class Boxes implements SceneModule {
  readonly name = 'boxes'
  readonly object: Mesh
  readonly #material = new MeshBasicMaterial({ color: '#405060' })
  constructor([east, north]: readonly [number, number]) {
    this.object = new Mesh(new BoxGeometry(2 * HALF, 2 * HALF, HEIGHT), this.#material)
    this.object.position.set(east, north, HEIGHT / 2)
    this.object.updateMatrixWorld()
  }
  frame(): boolean {
    return false
  }
  dispose(): void {
    this.object.geometry.dispose()
    this.#material.dispose()
  }
}

/** Degrees of a corner of a roof, from the same frame that three stands in. */
function cornersOf(frame: LocalFrame): [number, number, number][] {
  const [east] = frame.toLocal(ORIGIN.longitude + 0.001, ORIGIN.latitude)
  const [, north] = frame.toLocal(ORIGIN.longitude, ORIGIN.latitude + 0.001)
  return PLACES.flatMap(([longitude, latitude]) =>
    [-1, 1].flatMap((dx) =>
      [-1, 1].map((dy): [number, number, number] => [
        longitude + (dx * HALF * 0.001) / east,
        latitude + (dy * HALF * 0.001) / north,
        HEIGHT,
      ]),
    ),
  )
}

/** `/dev/stage`: the proof that three and deck see the same world, whole or as one tile of a wall (`?tile=column,row`). */
export function ProofStage() {
  const [drawn, setDrawn] = useState(0)
  const tile = new URLSearchParams(window.location.search).get('tile')?.split(',').map(Number)
  const [width, height] = [window.innerWidth, window.innerHeight]
  const window_ =
    tile === undefined
      ? undefined
      : windowOfTile(
          { columns: 2, rows: 2, tileWidth: width, tileHeight: height, bezelX: 0, bezelY: 0 },
          1 + (tile[0] ?? 0),
          1 + (tile[1] ?? 0),
        )
  const furnish = (stage: Stage | undefined): void => {
    if (stage === undefined) return
    stage.setModules(PLACES.map(([longitude, latitude]) => new Boxes(stage.frame.toLocal(longitude, latitude))))
    stage.setLayers([
      new ScatterplotLayer<[number, number, number]>({
        id: 'corners',
        data: cornersOf(stage.frame),
        getPosition: (corner) => corner,
        getFillColor: [0, 255, 0],
        radiusUnits: 'pixels',
        getRadius: 5,
        billboard: true,
        parameters: { depthCompare: 'always' },
      }),
    ])
  }
  return (
    <div style={{ position: 'fixed', inset: 0 }} data-testid="proof" data-drawn={drawn}>
      <StageView
        camera={ORIGIN}
        background="#000000"
        antialias={false}
        {...(window_ === undefined ? {} : { window: window_ })}
        onStage={furnish}
        onDrawn={() => setDrawn((n) => n + 1)}
        onFault={(module, cause) => {
          throw new Error(`${module}: ${String(cause)}`)
        }}
      />
    </div>
  )
}
