import type { Locale } from '@/domain/ids'
import type { Messages } from './zhCn'

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
