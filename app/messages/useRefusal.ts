import { useTranslations } from 'use-intl'

/** What a refusal's code means, in words; the code itself where it has none. */
export function useRefusal(): (code: string) => string {
  const words = useTranslations()
  return (code) => {
    const key = `desk.refusals.${code.replaceAll('.', '_')}` as Parameters<typeof words.has>[0]
    return words.has(key) ? words(key) : code
  }
}
