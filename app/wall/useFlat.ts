'use client'

import { useEffect, useState } from 'react'
import { isCommandKey } from './commandKey'

/** Which map stands: key 2 or `?map=flat` asks for the flat one; without WebGL2 there is no other. */
export function useFlat(): { readonly flat: boolean; readonly broken: boolean; readonly breakDown: () => void } {
  const [wanted, setWanted] = useState(() => new URLSearchParams(window.location.search).get('map') === 'flat')
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isCommandKey(event) && event.key === '2') setWanted((flat) => !flat)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return { flat: wanted || broken, broken, breakDown: () => setBroken(true) }
}
