'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Channel } from '@/domain/fold/delta'
import type { Fault } from './faults'
import type { Liveness } from './pictureClient'
import { PictureClient } from './pictureClient'

/** The picture of a World for as long as the component stands; undefined until it is opened. */
export function usePictureClient(world: string): PictureClient | undefined {
  const [client, setClient] = useState<PictureClient>()
  useEffect(() => {
    const opened = new PictureClient(world)
    opened.start()
    setClient(opened)
    return () => {
      opened.stop()
      setClient(undefined)
    }
  }, [world])
  return client
}

export const useLiveness = (client: PictureClient): Liveness =>
  useSyncExternalStore(client.onLiveness, client.liveness, client.liveness)

export const useFaults = (client: PictureClient): readonly Fault[] =>
  useSyncExternalStore(client.faults.subscribe, client.faults.all, client.faults.all)

/**
 * Counts presentations: a component that reads the picture draws again with each, or with those alone that touch one of
 * `urgent`.
 */
export function usePresented(client: PictureClient, urgent?: ReadonlySet<Channel>): number {
  const [version, setVersion] = useState(0)
  useEffect(
    () =>
      client.onPresented(({ channels }) => {
        if (urgent === undefined || [...channels].some((channel) => urgent.has(channel))) setVersion((n) => n + 1)
      }),
    [client, urgent],
  )
  return version
}

/** The server's machine time in whole seconds, stepping with the second on every screen at once. Epoch ms. */
export function useSecond(client: PictureClient): number {
  const [second, setSecond] = useState(() => Math.floor(client.clock.now() / 1000))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const step = (): void => {
      const now = client.clock.now()
      setSecond(Math.floor(now / 1000))
      timer = setTimeout(step, 1000 - (now % 1000) + 5)
    }
    step()
    return () => clearTimeout(timer)
  }, [client])
  return second * 1000
}
