import { useTranslations } from 'use-intl'
import type { Incident } from '@/domain/incident/incident'
import type { Deadline } from '@/domain/task/deadline'
import { clockOf, spanParts, useSpan } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'

/** Below this the seconds are said. Milliseconds. */
const SECONDS_BELOW = 10 * 60_000

export interface DeadlineWords {
  /** What runs out: 断电救援, 电话报告, 回执 封闭下穿. */
  readonly what: string
  /** 余 4 分 52 秒, 未回执 4 分, 已过 17:47. */
  readonly when: string
  readonly past: boolean
}

/** Time that is left, never in the form NN:NN: 4 分 52 秒, 23 分, 1 小时 4 分. */
export function useLeft(): (ms: number) => string {
  const t = useTranslations('span')
  const span = useSpan()
  return (ms) => {
    if (ms >= SECONDS_BELOW) return span(ms)
    const minutes = Math.floor(Math.max(0, ms) / 60_000)
    const seconds = Math.floor((Math.max(0, ms) % 60_000) / 1000)
    const parts = spanParts(minutes * 60_000).map(({ unit, n }) => t(unit, { n }))
    return [...(minutes === 0 ? [] : parts), t('seconds', { n: seconds })].join(' ')
  }
}

/** What runs out next, in words; a moment that has passed is named, and nobody is counted against. */
export function useDeadlineWords(): (deadline: Deadline, incident: Incident) => DeadlineWords {
  const t = useTranslations('incident.deadline')
  const { now, timeZone } = useWorldTime()
  const left = useLeft()
  const span = useSpan()
  return (deadline, incident) => {
    const { kind, at, task } = deadline
    const past = at <= now
    const own = kind === 'consequence' ? incident.consequence?.text : t(kind)
    const what = [own, task?.title].filter(Boolean).join(' ')
    if (!past) return { what, when: t('left', { left: left(at - now) }), past }
    if (kind === 'ack') {
      const since = task?.orders.at(-1)?.issued.at ?? at
      return { what, when: t('unanswered', { span: span(now - since) }), past }
    }
    return { what, when: t('passed', { kind, at: clockOf(at, timeZone) }), past }
  }
}
