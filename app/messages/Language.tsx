'use client'

import { IntlProvider } from 'use-intl'
import type { ReactNode } from 'react'
import { useEffect, useSyncExternalStore } from 'react'
import type { Locale } from '@/domain/ids'
import { en } from './en'
import { chosenLocale } from './locale'
import { zhCn } from './zhCn'

const messages = { 'zh-CN': zhCn, en } as const satisfies Record<Locale, typeof zhCn>
const never = () => () => undefined

/** One language per surface, chosen in the browser; the server sends the same shell to all. */
export function Language({ children }: { readonly children: ReactNode }) {
  const locale = useSyncExternalStore(never, chosenLocale, () => undefined)
  useEffect(() => {
    if (locale !== undefined) document.documentElement.lang = locale
  }, [locale])
  if (locale === undefined) return null
  return (
    <Spoken locale={locale} timeZone="UTC">
      {children}
    </Spoken>
  )
}

interface SpokenProps {
  readonly locale: Locale
  readonly timeZone: string
  readonly children: ReactNode
}

/** The same subtree in a stated language; `/dev/states` shows both side by side. */
export function Spoken({ locale, timeZone, children }: SpokenProps) {
  return (
    <IntlProvider locale={locale} messages={messages[locale]} timeZone={timeZone}>
      {children}
    </IntlProvider>
  )
}
