'use client'

import { useEffect, useState } from 'react'
import { Refused } from './getJson'

/** What became of a question: the last answer stays while a newer one is on its way. */
export interface Asked<Answer> {
  readonly key: string | undefined
  readonly answer: Answer | undefined
  readonly refused: Refused | undefined
}

/** A refused question is asked again after this long, so a screen recovers by itself. Milliseconds. */
const RETRY = 5000

/**
 * Asks when `key` changes and again every `everyMs` (0: once). `ask` follows from `key` alone; an undefined key asks
 * nothing. What comes after the component is gone, or after a newer question, is dropped.
 */
export function useAsked<Answer>(
  key: string | undefined,
  ask: (signal: AbortSignal) => Promise<Answer>,
  everyMs = 0,
): Asked<Answer> {
  const [held, setHeld] = useState<Asked<Answer>>({ key, answer: undefined, refused: undefined })
  useEffect(() => {
    if (key === undefined) return undefined
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const round = async (): Promise<void> => {
      const [answer, refused] = await outcome(ask(abort.signal))
      if (abort.signal.aborted) return
      setHeld((last) => ({ key, answer: answer ?? (last.key === key ? last.answer : undefined), refused }))
      const wait = refused === undefined ? everyMs : RETRY
      if (wait > 0) timer = setTimeout(() => void round(), wait)
    }
    void round()
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [key, everyMs])
  return held
}

async function outcome<Answer>(asked: Promise<Answer>): Promise<[Answer | undefined, Refused | undefined]> {
  try {
    return [await asked, undefined]
  } catch (cause) {
    return [undefined, cause instanceof Refused ? cause : new Refused('screen.error', 0)]
  }
}
