import { theme } from './layerTheme'
import type { LayerTheme } from './layerTheme'

/** What an instrument looks like on the map: never coloured, for the situation is coloured and not the instrument. */
export const ICONS = ['fresh', 'stale', 'unknown', 'notCovered', 'mover', 'moverUnheaded', 'report'] as const
export type IconName = (typeof ICONS)[number]

/** Px of one icon in the atlas; drawn large and shown small, so that it stays sharp on a dense screen. */
const CELL = 64

export interface IconAtlas {
  readonly image: HTMLCanvasElement
  readonly mapping: Record<
    string,
    { x: number; y: number; width: number; height: number; anchorX: number; anchorY: number }
  >
}

const drawn = new Map<string, IconAtlas>()

/** All icons of a theme on one canvas; made once. */
export function iconAtlas(name: LayerTheme): IconAtlas {
  const held = drawn.get(name)
  if (held !== undefined) return held
  const image = document.createElement('canvas')
  image.width = CELL * ICONS.length
  image.height = CELL
  const pen = image.getContext('2d')
  if (pen === null) throw new Error('This browser gives no 2D canvas for the icons.')
  ICONS.forEach((icon, i) => {
    pen.save()
    pen.translate((i + 0.5) * CELL, CELL / 2)
    draw[icon](pen, theme[name])
    pen.restore()
  })
  const cell = { y: 0, width: CELL, height: CELL, anchorX: CELL / 2, anchorY: CELL / 2 }
  const atlas = { image, mapping: Object.fromEntries(ICONS.map((icon, i) => [icon, { ...cell, x: i * CELL }])) }
  drawn.set(name, atlas)
  return atlas
}

interface Inks {
  readonly ink: string
  readonly rim: string
  readonly quiet: string
}
type Pen = CanvasRenderingContext2D

const draw: Record<IconName, (pen: Pen, inks: Inks) => void> = {
  fresh: (pen, { ink, rim }) => {
    disc(pen, 22, rim)
    disc(pen, 16, ink)
  },
  stale: (pen, { quiet, rim }) => {
    disc(pen, 28, rim)
    pen.strokeStyle = quiet
    pen.lineWidth = 6
    pen.beginPath()
    pen.arc(0, 0, 21, 0, 2 * Math.PI)
    pen.moveTo(0, -13)
    pen.lineTo(0, 1)
    pen.lineTo(10, 7)
    pen.stroke()
  },
  unknown: (pen, { quiet, rim }) => {
    square(pen, 24, rim)
    pen.strokeStyle = quiet
    pen.lineWidth = 5
    pen.strokeRect(-19, -19, 38, 38)
    pen.beginPath()
    for (const [x0, y0, x1, y1] of [
      [-19, 0, 0, -19],
      [-19, 19, 19, -19],
      [0, 19, 19, 0],
    ] as const) {
      pen.moveTo(x0, y0)
      pen.lineTo(x1, y1)
    }
    pen.stroke()
  },
  notCovered: (pen, { quiet }) => {
    pen.strokeStyle = quiet
    pen.lineWidth = 5
    pen.lineCap = 'round'
    pen.setLineDash([0.1, 9.4])
    pen.strokeRect(-19, -19, 38, 38)
  },
  mover: (pen, { ink, rim }) => {
    pen.beginPath()
    pen.moveTo(0, -24)
    pen.lineTo(16, 18)
    pen.lineTo(0, 10)
    pen.lineTo(-16, 18)
    pen.closePath()
    pen.lineJoin = 'round'
    pen.lineWidth = 10
    pen.strokeStyle = rim
    pen.stroke()
    pen.fillStyle = ink
    pen.fill()
  },
  // No heading was told: a diamond points nowhere.
  moverUnheaded: (pen, { ink, rim }) => {
    for (const [half, colour] of [
      [24, rim],
      [18, ink],
    ] as const) {
      pen.fillStyle = colour
      pen.beginPath()
      pen.moveTo(0, -half)
      pen.lineTo(half, 0)
      pen.lineTo(0, half)
      pen.lineTo(-half, 0)
      pen.fill()
    }
  },
  report: (pen, { ink, rim }) => {
    pen.beginPath()
    for (const [x, y] of [
      [-20, -20],
      [20, -20],
      [20, 10],
      [0, 10],
      [-10, 22],
      [-10, 10],
      [-20, 10],
    ] as const)
      pen.lineTo(x, y)
    pen.closePath()
    pen.fillStyle = rim
    pen.fill()
    pen.lineWidth = 6
    pen.strokeStyle = ink
    pen.stroke()
  },
}

function disc(pen: Pen, radius: number, color: string): void {
  pen.fillStyle = color
  pen.beginPath()
  pen.arc(0, 0, radius, 0, 2 * Math.PI)
  pen.fill()
}

function square(pen: Pen, half: number, color: string): void {
  pen.fillStyle = color
  pen.fillRect(-half, -half, 2 * half, 2 * half)
}
