/** Everything a key may do at the desk, in the order of the key bar. */
export const DESK_KEYS = [
  { key: 'F2', does: 'call' },
  { key: 'Ctrl+K', does: 'palette' },
  { key: '/', does: 'search' },
  { key: '↑ ↓', does: 'move' },
  { key: 'Enter', does: 'open' },
  { key: 'Alt+1…5', does: 'acts' },
  { key: 'F4', does: 'receipts' },
  { key: 'F6', does: 'figures' },
  { key: 'F7', does: 'warning' },
  { key: 'F8', does: 'note' },
  { key: 'F9', does: 'shift' },
  { key: 'F10', does: 'sheet' },
  { key: '+ − M', does: 'map' },
  { key: 'Esc', does: 'close' },
  { key: '?', does: 'keys' },
] as const
export type DeskKeyAct = (typeof DESK_KEYS)[number]['does']

/** What the bar has no room for stands in the list of all keys alone. */
export const IN_THE_LIST_ALONE: readonly DeskKeyAct[] = ['map', 'close']

/** A pressed key as the table writes it: `F2`, `Ctrl+K`, `Alt+3`, `ArrowDown`, `?`. */
export function pressed({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): string {
  const name = key.length === 1 ? key.toUpperCase() : key
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${name}`
}

/** Keys that act while somebody types: never a bare letter, digit or sign. */
export const actsWhileTyping = (name: string): boolean => /^(F\d+|Ctrl\+K|Alt\+\d|Escape)$/.test(name)

/** Is somebody writing there? Then bare keys are text. */
export const isWritten = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable=true]')
