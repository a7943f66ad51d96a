'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { EpochMillis } from '@/domain/time'
import { Refused } from '@/app/fetch/getJson'
import { askPicture } from '@/app/fetch/questions'
import type { PastPicture } from './lookBack'
import { LookBack } from './lookBack'
import { pictureOf } from './pictureOf'

/** The look back of one screen on one World; it lasts while somebody moves or presses something. */
export function useLookBack(world: string): LookBack {
  const lookBack = useMemo(
    () =>
      new LookBack(
        async (at, signal) => pictureOf(await askPicture(world, at, signal)),
        (cause) => (cause instanceof Refused ? cause.code : 'screen.error'),
      ),
    [world],
  )
  useEffect(() => {
    const touch = (): void => lookBack.touch()
    const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, touch)
      lookBack.toNow()
    }
  }, [lookBack])
  return lookBack
}

/** The picture of a look back, or undefined while the screen shows the present. */
export const usePast = (lookBack: LookBack): PastPicture | undefined =>
  useSyncExternalStore(lookBack.subscribe, lookBack.past, lookBack.past)

/** Where somebody wants to look, ahead of the answer. */
export const useSought = (lookBack: LookBack): EpochMillis | undefined =>
  useSyncExternalStore(lookBack.subscribe, lookBack.sought, lookBack.sought)

/** Why the moment that is sought cannot be shown. */
export const useLookBackRefused = (lookBack: LookBack): string | undefined =>
  useSyncExternalStore(
    lookBack.subscribe,
    () => lookBack.state().refused,
    () => undefined,
  )
