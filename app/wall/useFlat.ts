'use client'

import { useEffect, useState } from 'react'
import { isCommandKey } from './commandKey'
import { useWall } from './wallContext'

/** Which map stands: the desk, key 2 or `?map=flat` ask for the flat one; without WebGL2 there is no other. */
export function useFlat(): { readonly flat: boolean; readonly broken: boolean; readonly breakDown: () => void } {
  const { steering } = useWall()
  const told = steering.state.flat
  const [wanted, setWanted] = useState(() => told || new URLSearchParams(window.location.search).get('map') === 'flat')
  const [obeyed, setObeyed] = useState(told)
  const [broken, setBroken] = useState(false)
  const keys = steering.tile === undefined
  if (obeyed !== told) {
    setObeyed(told)
    setWanted(told)
  }
  useEffect(() => {
    if (!keys) return undefined
    const press = (event: KeyboardEvent): void => {
      if (isCommandKey(event) && event.key === '2') setWanted((flat) => !flat)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [keys])
  return { flat: wanted || broken, broken, breakDown: () => setBroken(true) }
}
