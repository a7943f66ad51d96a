import css from './Band.module.css'

/** The white band of an exercise, a replay or a look back: full width, on every surface, so that none is mistaken for the city. */
export function Band({ text }: { readonly text: string }) {
  return (
    <div className={css['band']} role="status" data-testid="band">
      {[0, 1, 2].map((copy) => (
        <span key={copy} aria-hidden={copy > 0}>
          {text}
        </span>
      ))}
    </div>
  )
}
