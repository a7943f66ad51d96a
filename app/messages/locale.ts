import { useLocale } from 'use-intl'
import type { Locale, Names } from '@/domain/ids'

const COOKIE = 'belfry_locale'

const asLocale = (text: string | null | undefined): Locale | undefined => {
  if (text === null || text === undefined) return undefined
  if (text.toLowerCase().startsWith('zh')) return 'zh-CN'
  return text.toLowerCase().startsWith('en') ? 'en' : undefined
}

/** `?lang=` before the cookie before the browser's own languages; Chinese when none of them is one of ours. */
export function chosenLocale(): Locale {
  const asked = asLocale(new URLSearchParams(window.location.search).get('lang'))
  const kept = asLocale(new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(document.cookie)?.[1])
  const own = navigator.languages.map(asLocale).find((locale) => locale !== undefined)
  return asked ?? kept ?? own ?? 'zh-CN'
}

/** Keeps the choice for a year and shows it: the page is loaded again, so nothing of the other language remains. */
export function chooseLocale(locale: Locale): void {
  document.cookie = `${COOKIE}=${locale}; path=/; max-age=31536000; samesite=lax`
  const url = new URL(window.location.href)
  url.searchParams.delete('lang')
  window.location.assign(url)
}

/** The name of a thing in the language of this surface. */
export function useNames(): (names: Names) => string {
  const locale = useLocale()
  return (names) => names[locale]
}
