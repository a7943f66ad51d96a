import type { CSSProperties } from 'react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Box, LabelWish } from '@/app/labels/solveLabels'
import { solveLabels } from '@/app/labels/solveLabels'
import type { FlatView } from '@/app/map2d/flatView'
import { useScale } from '@/app/labels/useScale'
import { emWidth } from '@/app/ui/emWidth'
import { Glyph } from '@/app/ui/Glyph'
import css from './DeskMap.module.css'
import type { MapPin } from './pins'
import type { GroundName } from './useDeskNames'

export interface DeskOverlayProps {
  readonly view: FlatView
  readonly names: readonly GroundName[]
  readonly pins: readonly MapPin[]
  readonly onPin: (key: string) => void
}

/** CSS px: pin over its ground point, glyph, plate, and the type of each. */
const PIN = 30
const GLYPH = 28
const PLATE = 26
const TYPE = 15
/** From this scale on instruments have their names. Metres per CSS px. */
const THINGS_BELOW = 4

/** Pins first, then names where there is room: nothing lies over anything, and what has no room is left out. */
export function DeskOverlay({ view, names, pins, onPin }: DeskOverlayProps) {
  const { plates, written } = useMemo(() => placed(view, names, pins), [view, names, pins])
  return (
    <div className={css['overlay']}>
      {written.map(({ key, text, kind, left, top }) => (
        <span key={key} className={css['name']} data-kind={kind} style={{ left, top }}>
          {text}
        </span>
      ))}
      {plates.map((pin) => (
        <Pin key={pin.key} pin={pin} onPin={onPin} />
      ))}
      <Foot view={view} />
    </div>
  )
}

interface PlacedPin extends MapPin {
  readonly x: number
  readonly y: number
  /** Undefined where the plate found no room: the number alone stands there. */
  readonly plate: { readonly left: number; readonly top: number } | undefined
}

function placed(view: FlatView, names: readonly GroundName[], pins: readonly MapPin[]) {
  const frame: Box = { left: 8, top: 8, width: view.width - 16, height: view.height - 16 }
  const inside = (x: number, y: number): boolean => x > 0 && y > 0 && x < view.width && y < view.height
  const foot: Box = { left: 0, top: view.height - 44, width: view.width, height: 44 }
  const seen = pins
    .map((pin) => ({ pin, at: view.project(pin.position) }))
    .filter(({ at: [x, y] }) => inside(x, y))
    .sort((a, b) => Number(b.pin.selected) - Number(a.pin.selected) || a.pin.urgency - b.pin.urgency)
  const glyphs = seen.map(({ at: [x, y] }) => boxAround(x, y - PIN, GLYPH))
  const plateWishes = seen.map(({ pin, at: [x, y] }, rank) =>
    wish({ key: pin.key, text: pin.text, x, y: y - PIN, rank, gap: GLYPH / 2 + 4 }, PLATE, 12),
  )
  const plates = solveLabels(plateWishes, frame, [...glyphs, foot])
  const plateAt = new Map(plates.placed.map((label) => [label.key, label]))
  const taken = plates.placed.map(({ key, left, top }) => {
    const { width } = plateWishes.find((own) => own.key === key)!
    return { left, top, width, height: PLATE }
  })
  const wishes = names.flatMap((name) => nameWish(name, view))
  const solved = solveLabels(wishes, frame, [...glyphs, ...taken, foot])
  const byKey = new Map(names.map((name) => [name.key, name]))
  return {
    plates: seen.map(({ pin, at: [x, y] }): PlacedPin => ({ ...pin, x, y, plate: plateAt.get(pin.key) })),
    written: solved.placed.flatMap(({ key, left, top }) => {
      const name = byKey.get(key)
      return name === undefined ? [] : [{ ...name, left, top }]
    }),
  }
}

const boxAround = (x: number, y: number, side: number): Box => ({
  left: x - side / 2,
  top: y - side / 2,
  width: side,
  height: side,
})

interface Wish {
  readonly key: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly rank: number
  readonly gap: number
}

const wish = ({ key, text, x, y, rank, gap }: Wish, height: number, padding: number): LabelWish => ({
  ...{ key, x, y, rank, gap, height },
  width: emWidth(text) * TYPE + padding,
})

/** A point's name stands beside it; a road's or a district's lies over its middle. */
function nameWish({ key, text, kind, position, rank }: GroundName, view: FlatView): LabelWish[] {
  if (kind === 'thing' && view.metresPerPixel > THINGS_BELOW) return []
  const [x, y] = view.project(position)
  const point = kind === 'thing' || kind === 'facility'
  const spaced = kind === 'district' ? Array.from(text).length * TYPE * 0.3 : 0
  const own = wish({ key, text, x, y, rank, gap: point ? 9 : 0 }, 20, 4 + spaced)
  return [point ? own : { ...own, x: x - own.width / 2, gap: 0 }]
}

function Pin({ pin, onPin }: { readonly pin: PlacedPin; readonly onPin: (key: string) => void }) {
  const { x, y, plate, urgency, label, text, selected } = pin
  const at: CSSProperties = { left: x, top: y, height: PIN }
  return (
    <>
      <i className={css['stem']} style={at} data-urgency={urgency} data-selected={selected} />
      <button
        type="button"
        className={css['pin']}
        style={{ left: x - GLYPH / 2, top: y - PIN - GLYPH / 2 }}
        aria-label={`${label} ${text}`}
        onClick={() => onPin(pin.key)}
      >
        <Glyph urgency={urgency} label={label} />
      </button>
      {plate === undefined ? null : (
        <span className={css['plate']} data-selected={selected} style={{ left: plate.left, top: plate.top }}>
          {text}
        </span>
      )}
    </>
  )
}

function Foot({ view }: { readonly view: FlatView }) {
  const t = useTranslations('wall')
  const { words, pixels } = useScale(view.metresPerPixel, 140)
  return (
    <div className={css['foot']}>
      <span className={css['scale']} style={{ width: pixels }}>
        {words}
      </span>
      <span>{t('unreviewed')}</span>
    </div>
  )
}
