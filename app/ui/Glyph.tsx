import css from './Glyph.module.css'

/** Urgency of disposal, 1 to 4: 特急 octagon, 紧急 diamond, 较急 triangle, 一般 disc. Legible in greyscale. */
export type Urgency = 1 | 2 | 3 | 4
export const asUrgency = (level: number): Urgency => (level <= 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4)

const form = {
  1: <polygon points="-21,-47 21,-47 47,-21 47,21 21,47 -21,47 -47,21 -47,-21" />,
  2: <polygon points="0,-54 54,0 0,54 -54,0" />,
  3: <polygon points="0,-53 56,46 -56,46" />,
  4: <circle r="47" />,
} as const
const fill = { 1: 'var(--red)', 2: 'var(--org)', 3: 'var(--yel)', 4: 'var(--blu)' } as const
const baseline = { 1: 20, 2: 20, 3: 33, 4: 20 } as const

export interface GlyphProps {
  readonly urgency: Urgency
  /** The short number by which people cite it; not a fact, so it is a label here. */
  readonly label: string
  /** Taken note of: the outline alone remains. */
  readonly hollow?: boolean
}

/** One em square by default; the caller sets the font size. */
export function Glyph({ urgency, label, hollow = false }: GlyphProps) {
  const size = (urgency === 3 ? 50 : 58) * (label.length > 1 ? 0.82 : 1)
  const ink = hollow ? 'var(--t1)' : urgency === 1 || urgency === 4 ? 'var(--on-strong)' : '#0f1214'
  return (
    <svg className={css['glyph']} viewBox="-60 -60 120 120" aria-hidden="true">
      <g
        fill={hollow ? 'var(--bg)' : fill[urgency]}
        stroke={hollow ? fill[urgency] : 'var(--bg)'}
        strokeWidth={hollow ? 9 : 5}
        paintOrder="stroke"
      >
        {form[urgency]}
      </g>
      <text textAnchor="middle" y={baseline[urgency]} fontSize={size} fontWeight="750" fill={ink}>
        {label}
      </text>
    </svg>
  )
}
