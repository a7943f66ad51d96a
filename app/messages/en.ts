import type { Messages } from './zhCn'
export const en: Messages = {}
