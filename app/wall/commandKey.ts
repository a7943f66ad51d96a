/** Is that a key of the wall? Not while somebody types, composes Chinese or holds a modifier. */
export const isCommandKey = (event: KeyboardEvent): boolean =>
  !event.isComposing && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target)

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
