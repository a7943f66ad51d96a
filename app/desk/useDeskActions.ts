'use client'

import { useTranslations } from 'use-intl'
import { awaitsAck } from '@/domain/task/taskState'
import type { DeskAct, DeskStep } from './acts/act'
import type { Desk } from './deskContext'
import { NOTE_FIELD } from './incident/Log'
import type { DeskCamera } from './map/useDeskCamera'
import { nearTo, useDeskSteps } from './useDeskSteps'
import type { KeyActs } from './useDeskKeys'
import { useDeskKeys } from './useDeskKeys'

/** What stands over the desk. */
export type Opened =
  | { readonly kind: 'call' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'act'; readonly key: string }

interface Ways {
  readonly desk: Desk
  readonly acts: readonly DeskAct[]
  readonly hot: readonly DeskAct[]
  readonly camera: DeskCamera
  readonly open: (what: Opened) => void
  readonly close: () => void
  readonly opened: Opened | undefined
}

/** Keys and steps of the desk: the same thing by key, by palette and by pointer. */
export function useDeskActions(ways: Ways): { readonly steps: readonly DeskStep[] } {
  const { desk, acts: all, hot, camera, open, close, opened } = ways
  const t = useTranslations('desk')
  const step = (key: string, go: () => void, words: string, hint: string): DeskStep => ({
    ...{ key, go, hint },
    title: t(`key.${key as 'call'}`),
    about: '',
    words: [t(`key.${key as 'call'}`), words],
  })
  const sheet = (): void => window.location.assign(`/desk/sheet${window.location.search}`)
  const own = [
    step('call', () => open({ kind: 'call' }), 'take a call jb jiebao', 'F2'),
    step('sheet', sheet, 'print sheet dy', 'F10'),
    step('keys', () => open({ kind: 'keys' }), 'keys help', '?'),
  ]
  const steps = useDeskSteps({ camera, select: desk.select, own, queue: desk.queue })
  const { selected, queue } = desk
  const at = queue.findIndex((one) => one === selected)
  const move = (by: number): void => {
    const next = queue[Math.max(0, Math.min(queue.length - 1, at + by))]
    if (next !== undefined) desk.select(next.incident.id)
  }
  const goTo = (): void => {
    const { longitude, latitude } = selected?.incident.place ?? {}
    if (longitude !== undefined && latitude !== undefined) camera.fly(nearTo(camera.camera, longitude, latitude))
    document.querySelector<HTMLElement>('[data-testid=incident]')?.focus()
  }
  const begin = (act: DeskAct | undefined): void => {
    if (act !== undefined) desk.begin(act.key)
  }
  const hotKeys = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`Alt+${n}`, () => begin(hot[n - 1])]))
  const palette = (): void => open({ kind: 'palette' })
  const acts: KeyActs = {
    ...hotKeys,
    F2: () => open({ kind: 'call' }),
    'Ctrl+K': palette,
    '/': palette,
    F4: () => unanswered(desk),
    F6: () => selected && desk.begin(`incident.people ${selected.incident.id}`),
    F7: () => begin(all.find(({ key }) => key.startsWith('warning.'))),
    F9: () => begin(all.find(({ key }) => key.startsWith('shift.'))),
    F8: () => document.getElementById(NOTE_FIELD)?.focus(),
    F10: sheet,
    '?': () => open({ kind: 'keys' }),
    Escape: close,
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => (isPressable(document.activeElement) ? false : goTo()),
    '+': () => camera.zoom(1),
    '=': () => camera.zoom(1),
    '-': () => camera.zoom(-1),
    M: camera.home,
  }
  useDeskKeys(opened?.kind === 'palette' ? {} : acts)
  return { steps }
}

/** A focused button or link takes its own Enter. */
const isPressable = (element: Element | null): boolean => element?.matches('button, a, summary, select') ?? false

/** Opens the call to whoever has not answered longest, over all incidents. */
function unanswered({ queue, select, begin }: Desk): void {
  const waiting = queue
    .flatMap(({ tasks }) => tasks)
    .filter(({ state }) => awaitsAck(state))
    .sort((a, b) => (a.ackDue ?? 0) - (b.ackDue ?? 0))[0]
  if (waiting === undefined) return
  select(waiting.incident)
  begin(`task.callOut ${waiting.id}`)
}
