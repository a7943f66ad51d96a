import css from './Notice.module.css'

/** One quiet sentence in the middle of a surface that has nothing else to show. */
export function Notice({ text }: { readonly text: string }) {
  return (
    <main className={css['notice']}>
      <p>{text}</p>
    </main>
  )
}
