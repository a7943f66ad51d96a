'use client'

import type { ReactNode } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import css from './FittedList.module.css'

export interface FittedListProps<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly row: (item: Item) => ReactNode
  /** One line for what does not fit: a wall folds by rank and never scrolls. */
  readonly fold: (folded: readonly Item[]) => ReactNode
}

/** As many rows as fit into its height, in their order; the rest folds into one line. */
export function FittedList<Item>({ items, keyOf, row, fold }: FittedListProps<Item>) {
  const box = useRef<HTMLDivElement>(null)
  const [fits, setFits] = useState(items.length)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const measure = (): void => setFits(rowsThatFit(element, items.length))
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    measure()
    return () => sizes.disconnect()
  }, [items.length])
  const shown = items.slice(0, fits)
  const folded = items.slice(fits)
  return (
    <div ref={box} className={css['list']}>
      {shown.map((item) => (
        <div key={keyOf(item)} data-row>
          {row(item)}
        </div>
      ))}
      {folded.length === 0 ? null : <div className={css['fold']}>{fold(folded)}</div>}
    </div>
  )
}

/** By the height of the highest row there is now; without rows there is nothing to measure and all are tried. */
function rowsThatFit(box: HTMLElement, count: number): number {
  const heights = [...box.querySelectorAll<HTMLElement>(':scope > [data-row]')].map((row) => row.offsetHeight)
  const highest = Math.max(0, ...heights)
  if (highest === 0) return count
  const all = Math.floor(box.clientHeight / highest)
  if (all >= count) return count
  const foldLine = Number.parseFloat(getComputedStyle(box).fontSize) * 1.6
  return Math.max(0, Math.floor((box.clientHeight - foldLine) / highest))
}
