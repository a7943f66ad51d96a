'use client'

import { useEffect, useRef } from 'react'
import { actsWhileTyping, isWritten, pressed } from './keys'

/** What keys do now, by the name that `pressed` gives them. A handler that returns false leaves the key to the browser. */
export type KeyActs = Readonly<Record<string, (() => unknown) | undefined>>

/** Listens on the window. Nothing acts while Chinese is composed; bare keys do not act while somebody types. */
export function useDeskKeys(acts: KeyActs): void {
  const current = useRef(acts)
  useEffect(() => {
    current.current = acts
  })
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return
      const name = pressed(event)
      const act = current.current[name]
      if (act === undefined || (isWritten(event.target) && !actsWhileTyping(name))) return
      if (act() !== false) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
