import type { CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import type { Box } from '@/app/labels/solveLabels'
import { solveLabels } from '@/app/labels/solveLabels'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { useScale } from '@/app/labels/useScale'
import { Figure } from '@/app/ui/figure/Figure'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import css from './MapOverlay.module.css'
import type { MapLabel, PlacedMapLabel, SeenLabel } from './mapLabels'
import { PIN_EM, PLATE_EM, wishOf } from './mapLabels'
import { useReading } from './useReading'

/** Where the camera puts a place: CSS px in the map's own area. */
export type Project = (position: readonly [number, number]) => readonly [number, number]

export interface MapOverlayProps {
  readonly labels: readonly MapLabel[]
  /** Every instrument's place: no plate lies on a dot. Degrees. */
  readonly dots: readonly (readonly [number, number])[]
  /** Bezels of the wall: no text stands there. CSS px. */
  readonly bezels: readonly Box[]
  readonly project: Project
  readonly width: number
  readonly height: number
  /** Type size of the wall, CSS px. */
  readonly em: number
  readonly metresPerPixel: number
  /** The map of two dimensions: said at its foot. */
  readonly flat: boolean
  /** 审图号 of the map; without one it says so. */
  readonly approval: string | undefined
}

/** Annotations in screen space: never hidden by the city, never over each other. */
export function MapOverlay({ labels, dots, bezels, project, ...rest }: MapOverlayProps) {
  const { width, height, em, metresPerPixel, flat, approval } = rest
  const points = dots.map((position) => dotBox(project(position), em))
  const frame = { left: em, top: em * 0.5, width: width - 2 * em, height: height - 1.5 * em }
  const seen = seenOf(labels, project, frame)
  const placed = place(seen, points, bezels, frame)
  return (
    <div className={css['overlay']}>
      {seen.map((label) =>
        label.alarm === undefined ? null : <Pin key={label.key} label={label} open={label.alarm} />,
      )}
      {placed.map((label) => (
        <Label key={label.key} label={label} />
      ))}
      <ScaleBar metresPerPixel={metresPerPixel} em={em} flat={flat} approval={approval} />
    </div>
  )
}

/** Labels whose place is in the picture, with that place. CSS px. */
function seenOf(labels: readonly MapLabel[], project: Project, frame: Box): SeenLabel[] {
  return labels.flatMap((label) => {
    const [x, y] = project(label.position)
    const inside = x > frame.left && x < frame.left + frame.width && y > frame.top && y < frame.top + frame.height
    return inside ? [{ ...label, x, y }] : []
  })
}

/** Plates of alarms go first and may lie over instruments; all others must not. A pin stands even where its plate does not fit. */
function place(
  seen: readonly SeenLabel[],
  points: readonly Box[],
  bezels: readonly Box[],
  frame: Box,
): PlacedMapLabel[] {
  const em = frame.left
  const legend: Box = { left: 0, top: frame.top + frame.height - em * 3.4, width: em * 17, height: em * 5 }
  const pins = seen.filter(({ alarm }) => alarm !== undefined).map(({ x, y }) => pinBox(x, y, em))
  const urgent = solved(
    seen.filter(({ kind }) => kind === 'alarm'),
    frame,
    [...pins, legend, ...bezels],
  )
  const taken = urgent.map((label) => ({
    left: label.left,
    top: label.top,
    width: wishOf(label, label.x, label.y, em).width,
    height: PLATE_EM * em,
  }))
  const others = solved(
    seen.filter(({ kind }) => kind !== 'alarm'),
    frame,
    [...pins, legend, ...bezels, ...taken, ...points],
  )
  return [...urgent, ...others]
}

function solved(seen: readonly SeenLabel[], frame: Box, obstacles: readonly Box[]): PlacedMapLabel[] {
  const byKey = new Map(seen.map((label) => [label.key, label]))
  const wishes = seen.map((label) => wishOf(label, label.x, label.y, frame.left))
  return solveLabels(wishes, frame, obstacles).placed.flatMap(({ key, side, left, top }) => {
    const label = byKey.get(key)
    return label === undefined ? [] : [{ ...label, side, left, top }]
  })
}

const DOT_EM = 0.36
const dotBox = ([x, y]: readonly [number, number], em: number): Box => ({
  left: x - DOT_EM * em,
  top: y - DOT_EM * em,
  width: 2 * DOT_EM * em,
  height: 2 * DOT_EM * em,
})

/** What a pin covers: its glyph and its hairline. */
const pinBox = (x: number, y: number, em: number): Box => ({
  left: x - em,
  top: y - (PIN_EM + 1) * em,
  width: 2 * em,
  height: (PIN_EM + 1) * em,
})

function Label({ label }: { readonly label: PlacedMapLabel }) {
  const at: CSSProperties = { left: label.left, top: label.top }
  if (label.kind !== 'alarm' && label.kind !== 'sensor')
    return (
      <span className={css['name']} data-kind={label.kind} style={at}>
        {label.text}
      </span>
    )
  return (
    <div className={css['plate']} data-kind={label.kind} style={at}>
      <Plate label={label} />
    </div>
  )
}

function Plate({ label }: { readonly label: PlacedMapLabel }) {
  const reading = useReading()
  const view = label.stream === undefined ? undefined : reading(label.stream)
  return (
    <>
      <span>{label.text}</span>
      {view === undefined ? null : (
        <Figure
          of={view.of}
          decimals={view.decimals}
          title={view.title}
          mark={label.kind === 'alarm' ? 'always' : 'doubtful'}
        />
      )}
      {label.figure === undefined ? null : <Figure {...label.figure} title={label.text} />}
    </>
  )
}

function Pin({ label: { x, y }, open: { alarm, label } }: { readonly label: SeenLabel; readonly open: OpenAlarm }) {
  return (
    <div className={css['pin']} style={{ left: x, top: y }} data-level={alarm.level}>
      <Glyph urgency={asUrgency(alarm.level)} label={label} hollow={alarm.state === 'acknowledged'} />
    </div>
  )
}

type ScaleBarProps = Pick<MapOverlayProps, 'metresPerPixel' | 'em' | 'flat' | 'approval'>

function ScaleBar({ metresPerPixel, em, flat, approval }: ScaleBarProps) {
  const t = useTranslations('wall')
  const { words, pixels } = useScale(metresPerPixel, em * 8)
  return (
    <div className={css['foot']}>
      <span className={css['scale']} style={{ width: pixels }}>
        {words}
      </span>
      <span>
        {flat ? `${t('flat')} · ` : ''}
        {approval ?? t('unreviewed')}
      </span>
    </div>
  )
}
