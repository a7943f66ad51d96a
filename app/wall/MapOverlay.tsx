import type { CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import type { Box } from '@/app/labels/solveLabels'
import { solveLabels } from '@/app/labels/solveLabels'
import { scaleBar } from '@/app/scene/scaleSteps'
import { Figure } from '@/app/ui/figure/Figure'
import { formatLabel } from '@/app/ui/figure/formatNumber'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import { useLocale } from 'use-intl'
import css from './MapOverlay.module.css'
import type { MapLabel, PlacedMapLabel } from './mapLabels'
import { PIN_EM, wishOf } from './mapLabels'
import { useReading } from './useReading'

/** Where the camera puts a place: CSS px in the map's own area. */
export type Project = (position: readonly [number, number]) => readonly [number, number]

export interface MapOverlayProps {
  readonly labels: readonly MapLabel[]
  readonly project: Project
  readonly width: number
  readonly height: number
  /** Type size of the wall, CSS px. */
  readonly em: number
  readonly metresPerPixel: number
}

/** Annotations in screen space: never hidden by the city, never over each other. */
export function MapOverlay({ labels, project, width, height, em, metresPerPixel }: MapOverlayProps) {
  const placed = place(labels, project, { left: em, top: em * 0.5, width: width - 2 * em, height: height - 1.5 * em }, em)
  return (
    <div className={css['overlay']}>
      {placed.map((label) => (
        <Label key={label.key} label={label} />
      ))}
      <ScaleBar metresPerPixel={metresPerPixel} em={em} />
    </div>
  )
}

function place(labels: readonly MapLabel[], project: Project, frame: Box, em: number): PlacedMapLabel[] {
  const seen = labels.flatMap((label) => {
    const [x, y] = project(label.position)
    const inside = x > frame.left && x < frame.left + frame.width && y > frame.top && y < frame.top + frame.height
    return inside ? [{ label, x, y }] : []
  })
  const dots: Box[] = seen.filter(({ label }) => label.alarm !== undefined).map(({ x, y }) => pinBox(x, y, em))
  const legend: Box = { left: 0, top: frame.top + frame.height - em * 3.4, width: em * 17, height: em * 5 }
  const { placed } = solveLabels(seen.map(({ label, x, y }) => wishOf(label, x, y, em)), frame, [...dots, legend])
  const byKey = new Map(seen.map((one) => [one.label.key, one]))
  return placed.flatMap(({ key, side, left, top }) => {
    const one = byKey.get(key)
    return one === undefined ? [] : [{ ...one.label, side, left, top, x: one.x, y: one.y }]
  })
}

/** What a pin covers: its glyph and its hairline. */
const pinBox = (x: number, y: number, em: number): Box => ({ left: x - em, top: y - (PIN_EM + 1) * em, width: 2 * em, height: (PIN_EM + 1) * em })

function Label({ label }: { readonly label: PlacedMapLabel }) {
  const at: CSSProperties = { left: label.left, top: label.top }
  if (label.kind !== 'alarm' && label.kind !== 'sensor')
    return (
      <span className={css['name']} data-kind={label.kind} style={at}>
        {label.text}
      </span>
    )
  return (
    <>
      {label.alarm === undefined ? null : <Pin label={label} />}
      <div className={css['plate']} data-kind={label.kind} style={at}>
        <Plate label={label} />
      </div>
    </>
  )
}

function Plate({ label }: { readonly label: PlacedMapLabel }) {
  const reading = useReading()
  const view = label.stream === undefined ? undefined : reading(label.stream)
  return (
    <>
      <span>{label.text}</span>
      {view === undefined ? null : <Figure of={view.of} decimals={view.decimals} title={view.title} mark={label.kind === 'alarm' ? 'always' : 'doubtful'} />}
    </>
  )
}

function Pin({ label }: { readonly label: PlacedMapLabel }) {
  if (label.alarm === undefined) return null
  const { alarm, number } = label.alarm
  return (
    <div className={css['pin']} style={{ left: label.x, top: label.y }} data-level={alarm.level}>
      <Glyph urgency={asUrgency(alarm.level)} label={`${number}`} hollow={alarm.state === 'acknowledged'} />
    </div>
  )
}

function ScaleBar({ metresPerPixel, em }: { readonly metresPerPixel: number; readonly em: number }) {
  const t = useTranslations('wall')
  const locale = useLocale()
  const { metres, pixels } = scaleBar(metresPerPixel, em * 8)
  const words = metres >= 1000 ? t('scale.kilometres', { n: formatLabel(metres / 1000, locale) }) : t('scale.metres', { n: formatLabel(metres, locale) })
  return (
    <div className={css['foot']}>
      <span className={css['scale']} style={{ width: pixels }}>
        {words}
      </span>
      <span>{t('unreviewed')}</span>
    </div>
  )
}
