export const zhCn = {}
export type Messages = typeof zhCn
