'use client'

import { useEffect, useRef } from 'react'
import type { Shown } from '@/domain/wall/skew'
import type { PictureClient } from '@/app/picture/pictureClient'
import type { Steering } from './useSteering'

const KEPT = 10
const BEAT_EVERY = 1000

/** A tile tells once a second what it shows and when it drew it: so the skew between tiles is measured and not believed. */
export function useBeat(client: PictureClient, steering: Steering, world: string): void {
  const latest = useRef({ steering, world })
  useEffect(() => {
    latest.current = { steering, world }
  })
  const { tile } = steering
  const name = tile?.name
  useEffect(() => {
    if (name === undefined) return undefined
    const shown: Shown[] = []
    let second = 0
    const stop = client.onPresented(({ stamps }) => {
      // The first of each second: the same one on every tile.
      const first = stamps.find((at) => Math.floor(at / 1000) > second)
      if (first === undefined) return
      second = Math.floor(first / 1000)
      requestAnimationFrame(() => {
        shown.push([first, client.clock.now()])
        if (shown.length > KEPT) shown.shift()
      })
    })
    const timer = setInterval(() => {
      const { steering: now, world: of } = latest.current
      const { roundTrip } = client.clock.best
      now.client?.beat(name, {
        state: now.version,
        world: of,
        width: window.innerWidth,
        height: window.innerHeight,
        shown: [...shown],
        clockError: Math.min(1e6, roundTrip / 2),
        faults: client.faults.all().length,
      })
    }, BEAT_EVERY)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [client, name])
}
