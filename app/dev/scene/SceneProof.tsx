'use client'

import { useEffect, useRef, useState } from 'react'
import { useCityPackage } from '@/app/fetch/questions'
import type { Mover } from '@/app/layers/moverLayers'
import { moverLayers } from '@/app/layers/moverLayers'
import { groundColors } from '@/app/scene/groundColors'
import type { OpenCity } from '@/app/scene/city/openCity'
import { openCity } from '@/app/scene/city/openCity'
import type { Stage } from '@/app/stage/stage'
import { StageView } from '@/app/stage/StageView'
import { machineNow } from '@/app/time/machineClock'
import type { CityView } from '@/domain/api/city'
import { windowOfTile } from '@/domain/wall/wallLayout'
import { SceneMeter } from './sceneMeter'

const COMMAND = 'scene-proof'

/**
 * `/dev/scene?world=`: a city alone on the stage, for `npm run bench -- scene`. `?movers=n` lets n movers step each second,
 * `?fly` moves the camera without rest, `?tile=column,row` shows a quarter. An event `scene-proof` hangs the city anew.
 */
export function SceneProof() {
  const asked = new URLSearchParams(window.location.search)
  const city = useCityPackage(asked.get('world') ?? 'live').answer
  return city === undefined ? null : <Proof city={city} asked={asked} />
}

function Proof({ city, asked }: { readonly city: CityView; readonly asked: URLSearchParams }) {
  const [stage, setStage] = useState<Stage>()
  const [life, setLife] = useState(0)
  const root = useRef<HTMLDivElement>(null)
  const [home] = useState(() => viewOf(city))
  useEffect(() => {
    const again = (): void => setLife((n) => n + 1)
    window.addEventListener(COMMAND, again)
    return () => window.removeEventListener(COMMAND, again)
  }, [])
  useEffect(() => {
    if (stage === undefined) return undefined
    const opened = hang(stage, city)
    const meter = new SceneMeter(stage, opened, (figures) => {
      if (root.current !== null) root.current.dataset['figures'] = JSON.stringify({ ...figures, life })
    })
    return () => {
      meter.stop()
      stage.setModules([])
      stage.closePainter()
    }
  }, [stage, city, life])
  useEffect(() => move(stage, home, asked), [stage, home, asked])
  return (
    <div ref={root} style={{ position: 'fixed', inset: 0 }} data-testid="scene">
      <StageView
        camera={home}
        background={groundColors.dark.background}
        antialias={false}
        {...windowFrom(asked.get('tile'))}
        onStage={setStage}
        onDrawn={() => undefined}
        onFault={(module, cause) => {
          throw new Error(`${module}: ${String(cause)}`)
        }}
      />
    </div>
  )
}

const viewOf = ({ manifest: { identity } }: CityView) => ({ ...identity.view, pitch: 55, bearing: 0 })

function windowFrom(tile: string | null): { window?: ReturnType<typeof windowOfTile> } {
  if (tile === null) return {}
  const [column = 0, row = 0] = tile.split(',').map(Number)
  const size = { tileWidth: window.innerWidth, tileHeight: window.innerHeight, bezelX: 0, bezelY: 0 }
  return { window: windowOfTile({ columns: 2, rows: 2, ...size }, column + 1, row + 1) }
}

function hang(stage: Stage, city: CityView): OpenCity {
  const { longitude, latitude } = stage.frame
  const opened = openCity({
    manifest: city.manifest,
    root: city.root,
    painter: stage.openPainter(),
    quality: stage.quality,
    place: (east, north) => stage.frame.toLocal(east, north),
    ...{ longitude, latitude },
    theme: 'dark',
    size: () => stage.fullSize,
    onFault: (module, cause) => {
      throw new Error(`${module}: ${String(cause)}`)
    },
    onChange: () => stage.invalidate(),
  })
  stage.setModules([opened.ground, ...opened.buildings, opened.bridges])
  return opened
}

/** Movers on a spiral about the city's middle, a step each second; and a camera that turns without rest. */
function move(stage: Stage | undefined, home: ReturnType<typeof viewOf>, asked: URLSearchParams): () => void {
  const count = Number(asked.get('movers') ?? 0)
  if (stage === undefined || (count === 0 && !asked.has('fly'))) return () => undefined
  const step = (): void => {
    const now = machineNow() / 1000
    stage.setLayers(moverLayers(moversAt(home, count, now), 'dark', 1, () => 0))
  }
  const timer = count === 0 ? undefined : setInterval(step, 1000)
  let request = 0
  const turn = (): void => {
    stage.setCamera({ ...home, bearing: ((machineNow() / 100) % 360) - 180 })
    request = requestAnimationFrame(turn)
  }
  if (asked.has('fly')) turn()
  return () => {
    clearInterval(timer)
    cancelAnimationFrame(request)
  }
}

const GOLDEN_ANGLE = 2.399963229728653

const moversAt = (home: ReturnType<typeof viewOf>, count: number, second: number): Mover[] =>
  Array.from({ length: count }, (_, no) => {
    const [radius, angle] = [0.08 * Math.sqrt(no / count), no * GOLDEN_ANGLE + second / 200]
    const position = [home.longitude + radius * Math.cos(angle), home.latitude + radius * Math.sin(angle)] as const
    return { no, position, heading: ((angle * 180) / Math.PI) % 360, trail: [] }
  })
