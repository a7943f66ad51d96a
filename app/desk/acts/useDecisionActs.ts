import { useTranslations } from 'use-intl'
import type { AskDecisionBody } from '@/domain/api/incidents'
import type { Decision } from '@/domain/decision/decision'
import { epochMillis } from '@/domain/time'
import { newId } from '@/app/fetch/newId'
import type { Queued } from '@/app/incidents/queue'
import { clockOf } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import type { DraftFields } from '../draft/drafts'
import type { DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { behalfOf, numberOf, only, optional, textOf, useBehalfFields } from './fields'

/** Ask for a decision with its default, and enter the one that was taken, mostly by telephone. */
export function useDecisionActs(
  of: Queued | undefined,
  decisions: readonly Decision[],
  api: DeskApi,
): readonly DeskAct[] {
  const answers = useAnswers(decisions, api)
  const ask = useAsk(of, api)
  return ask === undefined ? answers : [ask, ...answers]
}

function useAnswers(decisions: readonly Decision[], api: DeskApi): readonly DeskAct[] {
  const t = useTranslations('desk')
  const { now, timeZone } = useWorldTime()
  const behalf = useBehalfFields()
  const open = decisions.filter(({ state }) => state === 'open')
  return open.flatMap((decision) =>
    decision.options.map(({ key, text, consequence }): DeskAct => {
      const title = t('decide', { option: key, text })
      return {
        key: `decision.${key} ${decision.id}`,
        title,
        about: decision.question,
        words: [title, decision.question, 'decide jc'],
        consequence: consequence || t('consequence.decide', { at: clockOf(decision.latestAt, timeZone) }),
        authority: t('authority.of', { who: decision.decider }),
        fields: behalf.fields,
        initial: { behalfPost: decision.decider, behalfChannel: 'phone' },
        personal: behalf.personal,
        submit: (fields) => api.decide(decision.id, { option: key, ...only({ onBehalf: behalfOf(fields, now) }) }),
      }
    }),
  )
}

function useAsk(of: Queued | undefined, api: DeskApi): DeskAct | undefined {
  const t = useTranslations('desk')
  const { now } = useWorldTime()
  if (of === undefined) return undefined
  const { incident } = of
  return {
    key: `decision.ask ${incident.id}`,
    title: t('act.ask'),
    about: t('aboutIncident', { no: incident.no, title: incident.title }),
    words: [t('act.ask'), 'ask decision', 'tq'],
    consequence: t('consequence.ask'),
    authority: t('authority.own'),
    fields: [
      { name: 'question', label: t('field.question'), kind: 'text', required: true, maxLength: 80 },
      { name: 'a', label: t('field.optionA'), kind: 'text', required: true, maxLength: 80 },
      { name: 'b', label: t('field.optionB'), kind: 'text', maxLength: 80 },
      { name: 'consequence', label: t('field.consequence'), kind: 'text', maxLength: 80 },
      { name: 'decider', label: t('field.decider'), kind: 'text', required: true, maxLength: 60 },
      { name: 'minutes', label: t('field.minutes'), kind: 'number', required: true },
    ],
    initial: { decider: t('behalf.post.leader'), minutes: '10' },
    personal: [],
    submit: (fields) => api.askDecision(incident.id, questionOf(fields, now)),
  }
}

function questionOf(fields: DraftFields, now: number): AskDecisionBody {
  const second = optional(fields, 'b')
  const option = (key: 'A' | 'B', text: string) => ({ key, text, consequence: '' })
  return {
    id: newId(),
    question: textOf(fields, 'question'),
    options: [option('A', textOf(fields, 'a')), ...(second === undefined ? [] : [option('B', second)])],
    byDefault: 'A',
    decider: textOf(fields, 'decider'),
    consequence: textOf(fields, 'consequence'),
    latestAt: epochMillis(now + (numberOf(fields, 'minutes') ?? 10) * 60_000),
  }
}
