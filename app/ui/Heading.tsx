import type { ReactNode } from 'react'
import css from './Heading.module.css'

/** Title of a column; the other language appears here and nowhere else on a surface. */
export function Heading({
  title,
  sub,
  aside,
}: {
  readonly title: string
  readonly sub: string
  readonly aside?: ReactNode
}) {
  return (
    <h2 className={css['heading']}>
      {title}
      <i>{sub}</i>
      {aside === undefined ? null : <em>{aside}</em>}
    </h2>
  )
}
