import { useTranslations } from 'use-intl'
import type { PlanList } from '@/domain/api/plans'
import type { Activation, ActivationVerb } from '@/domain/plan/activation'
import { activationMoves, canMoveActivation, ResponseLevel } from '@/domain/plan/activation'
import { newId } from '@/app/fetch/newId'
import type { Queued } from '@/app/incidents/queue'
import { useNames } from '@/app/messages/locale'
import { useWorldTime } from '@/app/time/WorldTime'
import type { Person } from '../deskContext'
import type { DraftFields } from '../draft/drafts'
import type { ActField, DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { behalfOf, only, optional, useBehalfFields } from './fields'

const VERBS: readonly ActivationVerb[] = ['activate', 'decline', 'defer', 'changeLevel', 'terminate']
/** How long a deferred proposal waits. Milliseconds. */
const DEFERRED_FOR = 30 * 60_000

/** A trigger proposes, a person decides: activate, decline, defer, change the level, end; or propose one by hand. */
export function usePlanActs(
  of: Queued | undefined,
  activations: readonly Activation[],
  ways: Ways,
): readonly DeskAct[] {
  const { api, plans } = ways
  const decided = useMoves(of, activations, ways)
  const proposed = useProposals(of, api, plans)
  return [...decided, ...proposed]
}

interface Ways {
  readonly api: DeskApi
  readonly plans: PlanList['plans']
  readonly person: Person
}

function useMoves(of: Queued | undefined, activations: readonly Activation[], { api, plans, person }: Ways): DeskAct[] {
  const t = useTranslations('desk')
  const name = usePlanName(plans)
  const levels = useLevels()
  const behalf = useBehalfFields()
  const { now } = useWorldTime()
  const act = (one: Activation, verb: ActivationVerb): DeskAct => {
    const { needsReason } = activationMoves[verb]
    const withLevel = verb === 'activate' || verb === 'changeLevel'
    const reason: ActField = { name: 'reason', label: t('field.reason'), kind: 'text', required: true, maxLength: 200 }
    const title = t(`planVerb.${verb}`, { plan: name(one.plan) })
    return {
      key: `plan.${verb} ${one.id}`,
      title,
      about: one.trigger?.evidence ?? '',
      words: [title, one.plan, verb, t('act.plan'), 'plan ya'],
      consequence: t('planConsequence', { verb }),
      authority: t('authority.plan'),
      fields: [
        ...(withLevel ? [{ name: 'level', label: t('field.level'), kind: 'select' as const, options: levels }] : []),
        ...(needsReason ? [reason] : []),
        ...behalf.fields,
      ],
      initial: { level: String(one.asked?.level ?? one.level), ...deciderOf(one, plans, person) },
      personal: behalf.personal,
      submit: (fields) =>
        api.movePlan(
          one.id,
          only({
            verb,
            level: withLevel ? levelOf(fields['level']) : undefined,
            incident: verb === 'activate' ? (one.incident ?? of?.incident.id) : undefined,
            reason: needsReason ? optional(fields, 'reason') : undefined,
            until: verb === 'defer' ? ((now + DEFERRED_FOR) as typeof now) : undefined,
            onBehalf: behalfOf(fields, now),
          }),
        ),
    }
  }
  return activations.flatMap((one) =>
    VERBS.filter((verb) => canMoveActivation(one.state, verb)).map((verb) => act(one, verb)),
  )
}

function useProposals(of: Queued | undefined, api: DeskApi, plans: PlanList['plans']): DeskAct[] {
  const t = useTranslations('desk')
  const levels = useLevels()
  const name = usePlanName(plans)
  if (of === undefined) return []
  const { incident } = of
  return plans.map(({ plan }): DeskAct => {
    const title = t('planVerb.propose', { plan: name(plan.id) })
    return {
      key: `plan.propose ${plan.id}`,
      title,
      about: t('aboutIncident', { no: incident.no, title: incident.title }),
      words: [title, plan.id, t('act.plan'), 'propose plan ya'],
      consequence: t('planConsequence', { verb: 'propose' }),
      authority: t('authority.own'),
      fields: [
        { name: 'level', label: t('field.level'), kind: 'select', options: levels },
        { name: 'reason', label: t('field.reason'), kind: 'text', maxLength: 200 },
      ],
      initial: { level: '4' },
      personal: [],
      submit: (fields) =>
        api.proposePlan({
          id: newId(),
          plan: plan.id,
          level: levelOf(fields['level']),
          incident: incident.id,
          ...only({ reason: optional(fields, 'reason') }),
        }),
    }
  })
}

/** Whose decision it is: the post of the level, entered on behalf where this person does not hold it. */
function deciderOf(one: Activation, plans: PlanList['plans'], person: Person): DraftFields {
  const level = plans.find(({ plan }) => plan.id === one.plan)?.plan.levels.find((own) => own.level === one.level)
  if (level === undefined || person.roles.some((role) => level.roles.includes(role))) return {}
  return { behalfPost: level.post, behalfChannel: 'phone' }
}

/** What a plan is called in the language of this surface. */
export function usePlanName(plans: PlanList['plans']): (key: string) => string {
  const names = useNames()
  return (key) => {
    const found = plans.find(({ plan }) => plan.id === key)
    return found === undefined ? key : names(found.plan.name)
  }
}

function useLevels() {
  const t = useTranslations('desk')
  return (['4', '3', '2', '1'] as const).map((value) => ({ value, label: t('response', { level: value }) }))
}

const levelOf = (text: string | undefined): ResponseLevel => ResponseLevel.catch(4).parse(Number(text))
