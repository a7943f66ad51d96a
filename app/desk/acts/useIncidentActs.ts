import { useTranslations } from 'use-intl'
import { PeopleKind } from '@/domain/incident/incident'
import { criteriaOf, LevelCriterion } from '@/domain/incident/incidentLevel'
import type { Guard, IncidentVerb } from '@/domain/incident/incidentState'
import { incidentMoves, isWorked, verbsFrom } from '@/domain/incident/incidentState'
import { incidentType } from '@/domain/incident/incidentTypes'
import { SubmissionKind } from '@/domain/incident/reporting'
import { epochMillis } from '@/domain/time'
import { newId } from '@/app/fetch/newId'
import type { Queued } from '@/app/incidents/queue'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useWorldTime } from '@/app/time/WorldTime'
import type { DraftFields } from '../draft/drafts'
import type { ActField, DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { behalfOf, numberOf, only, optional, textOf, useBehalfFields } from './fields'

/** What can be done about one Incident, by its state: moves, figures, level, report, note. */
export function useIncidentActs(of: Queued | undefined, api: DeskApi): readonly DeskAct[] {
  const moves = useMoves(of, api)
  const counted = useCountActs(of, api)
  const facts = useFactActs(of, api)
  const words = useWordActs(of, api)
  return of === undefined ? [] : [...moves, ...counted, ...facts, ...words]
}

type Made = Pick<DeskAct, 'key' | 'title' | 'words' | 'consequence' | 'fields' | 'submit'> & {
  readonly initial?: DraftFields
}

/** Everything that acts about an Incident have in common: whose it is, and for whom it can be entered. */
function useMaking(of: Queued | undefined) {
  const t = useTranslations('desk')
  const behalf = useBehalfFields()
  const { now } = useWorldTime()
  return {
    now,
    t,
    spoken: (fields: DraftFields) => behalfOf(fields, now),
    make: ({ initial = {}, ...made }: Made): DeskAct => ({
      ...made,
      key: `${made.key} ${of?.incident.id ?? ''}`,
      about: of === undefined ? '' : t('aboutIncident', { no: of.incident.no, title: of.incident.title }),
      authority: t('authority.own'),
      fields: [...made.fields, ...behalf.fields],
      initial,
      personal: behalf.personal,
    }),
  }
}

function useMoves(of: Queued | undefined, api: DeskApi): readonly DeskAct[] {
  const { t, make, spoken } = useMaking(of)
  const level = useLevelFields(of)
  const state = useTranslations('incident.state')
  if (of === undefined) return []
  const { incident } = of
  const needsLevel = (needs: readonly Guard[]) => needs.includes('level') && incident.level === undefined
  const act = (verb: IncidentVerb): DeskAct => {
    const { to, needs } = incidentMoves[verb]
    return make({
      key: `incident.${verb}`,
      title: t(`verb.${verb}`),
      words: [t(`verb.${verb}`), verb, t(`alias.${verb}`)],
      consequence: t('moves', { from: state(incident.state), to: state(to) }),
      fields: [...guardFields(needs, t), ...(needsLevel(needs) ? level.fields : [])],
      initial: needsLevel(needs) ? level.initial : {},
      async submit(fields) {
        const onBehalf = spoken(fields)
        if (needsLevel(needs))
          await api.level(incident.id, only({ rev: incident.rev, ...level.read(fields), onBehalf }))
        const body = { verb, reason: optional(fields, 'reason'), evidence: optional(fields, 'evidence'), onBehalf }
        await api.move(incident.id, only(body))
      },
    })
  }
  return verbsFrom(incident.state).map(act)
}

function guardFields(needs: readonly Guard[], t: ReturnType<typeof useTranslations<'desk'>>): ActField[] {
  const text = (name: 'evidence' | 'reason'): ActField => ({
    name,
    label: t(`field.${name}`),
    kind: 'text',
    required: true,
    maxLength: 200,
  })
  return needs.flatMap((need) => (need === 'evidence' || need === 'reason' ? [text(need)] : []))
}

/** Criterion and number of the statutory level: one alone suffices, the gravest stands. */
function useLevelFields(of: Queued | undefined) {
  const t = useTranslations('desk')
  const criterion = useTranslations('incident.criterion')
  const rule = of === undefined ? undefined : incidentType(of.incident.typeCode)?.levelRule
  const options = criteriaOf(rule ?? 'city').map((value) => ({ value, label: criterion(value) }))
  const fields: ActField[] = [
    { name: 'criterion', label: t('field.criterion'), kind: 'select', options, required: true },
    { name: 'number', label: t('field.number'), kind: 'number', required: true },
  ]
  const atRisk = of?.incident.people.trapped?.value
  const known = options.some(({ value }) => value === 'atRisk') && atRisk !== undefined
  return {
    fields,
    initial: known
      ? { criterion: 'atRisk', number: String(atRisk) }
      : { criterion: options[0]?.value ?? 'dead', number: '0' },
    read: (held: DraftFields) => ({
      criteria: [{ criterion: LevelCriterion.parse(held['criterion']), value: numberOf(held, 'number') ?? 0 }],
      confirm: held['confirm'] === 'true',
    }),
  }
}

function useCountActs(of: Queued | undefined, api: DeskApi): readonly DeskAct[] {
  const { t, make, spoken } = useMaking(of)
  const level = useLevelFields(of)
  const people = useTranslations('incident.people')
  const words = useIncidentWords()
  if (of === undefined || !isWorked(of.incident.state)) return []
  const { incident } = of
  const kinds = PeopleKind.options.map((value) => ({ value, label: people(value) }))
  const statuses = (['unverified', 'verified'] as const).map((value) => ({ value, label: t(`status.${value}`) }))
  return [
    make({
      key: 'incident.people',
      title: t('act.people'),
      words: [t('act.people'), 'people figures', 'rs'],
      consequence: t('consequence.people'),
      fields: [
        { name: 'kind', label: t('field.kind'), kind: 'select', options: kinds },
        { name: 'value', label: t('field.value'), kind: 'number', required: true },
        { name: 'source', label: t('field.source'), kind: 'text', required: true, maxLength: 60 },
        { name: 'status', label: t('field.status'), kind: 'select', options: statuses },
      ],
      initial: { kind: 'trapped', status: 'unverified', source: words.department(incident.lead) },
      submit: (fields) =>
        api.people(incident.id, {
          kind: PeopleKind.parse(fields['kind']),
          value: numberOf(fields, 'value') ?? 0,
          status: fields['status'] === 'verified' ? 'verified' : 'unverified',
          source: textOf(fields, 'source'),
          ...only({ onBehalf: spoken(fields) }),
        }),
    }),
    make({
      key: 'incident.level',
      title: t('act.level'),
      words: [t('act.level'), 'level', 'dj'],
      consequence: t('consequence.level'),
      fields: [...level.fields, { name: 'confirm', label: t('field.confirm'), kind: 'check' }],
      initial: level.initial,
      submit: (fields) =>
        api.level(incident.id, { rev: incident.rev, ...level.read(fields), ...only({ onBehalf: spoken(fields) }) }),
    }),
  ]
}

function useFactActs(of: Queued | undefined, api: DeskApi): readonly DeskAct[] {
  const { t, make, spoken, now } = useMaking(of)
  if (of === undefined || !isWorked(of.incident.state)) return []
  const { incident } = of
  return [
    make({
      key: 'incident.consequence',
      title: t('act.consequence'),
      words: [t('act.consequence'), 'deadline urgency clock', 'jjd'],
      consequence: t('consequence.urgency'),
      fields: [
        { name: 'text', label: t('field.consequence'), kind: 'text', required: true, maxLength: 80 },
        { name: 'minutes', label: t('field.minutes'), kind: 'number', required: true },
      ],
      initial: { text: incident.consequence?.text ?? '' },
      async submit(fields) {
        const at = epochMillis(now + (numberOf(fields, 'minutes') ?? 0) * 60_000)
        await api.edit(incident.id, { rev: incident.rev, consequence: { text: textOf(fields, 'text'), at } })
      },
    }),
    make({
      key: 'incident.edit',
      title: t('act.edit'),
      words: [t('act.edit'), 'edit condition title', 'xg'],
      consequence: t('consequence.edit'),
      fields: [
        { name: 'title', label: t('field.title'), kind: 'text', required: true, maxLength: 60 },
        { name: 'condition', label: t('field.condition'), kind: 'text', maxLength: 120 },
        { name: 'place', label: t('field.place'), kind: 'text', required: true, maxLength: 120 },
      ],
      initial: { title: incident.title, condition: incident.condition ?? '', place: incident.place.text },
      async submit(fields) {
        const place = { ...incident.place, text: textOf(fields, 'place') }
        const body = {
          rev: incident.rev,
          title: textOf(fields, 'title'),
          place,
          condition: optional(fields, 'condition'),
        }
        await api.edit(incident.id, only({ ...body, onBehalf: spoken(fields) }))
      },
    }),
  ]
}

function useWordActs(of: Queued | undefined, api: DeskApi): readonly DeskAct[] {
  const { t, make, spoken } = useMaking(of)
  const submission = useTranslations('incident.submission')
  if (of === undefined) return []
  const { incident } = of
  const open = incident.clocks.filter(({ doneAt }) => doneAt === undefined)
  const due = open.find(({ kind }) => kind === 'final') ?? open[0]
  const ways = (['phone', 'written'] as const).map((value) => ({ value, label: t(`way.${value}`) }))
  return [
    make({
      key: 'incident.note',
      title: t('act.note'),
      words: [t('act.note'), 'note log entry', 'jl'],
      consequence: t('consequence.note'),
      fields: [{ name: 'text', label: t('field.text'), kind: 'area', required: true, maxLength: 2000 }],
      submit: (fields) =>
        api.write(incident.id, { id: newId(), text: textOf(fields, 'text'), ...only({ onBehalf: spoken(fields) }) }),
    }),
    make({
      key: 'incident.report',
      title: t('act.report'),
      words: [t('act.report'), 'report', 'sb', 'xb'],
      consequence: t('consequence.report'),
      fields: [
        {
          name: 'kind',
          label: t('field.report'),
          kind: 'select',
          options: SubmissionKind.options.map((value) => ({ value, label: submission(value) })),
        },
        { name: 'by', label: t('field.way'), kind: 'select', options: ways },
        { name: 'to', label: t('field.to'), kind: 'text', required: true, maxLength: 80 },
        { name: 'signedBy', label: t('field.signedBy'), kind: 'text', maxLength: 60 },
        { name: 'text', label: t('field.text'), kind: 'area', maxLength: 4000 },
      ],
      initial: { kind: due?.kind ?? 'continued', by: due?.by ?? 'written', to: t('reportTo') },
      submit: (fields) =>
        api.report(
          incident.id,
          only({
            kind: SubmissionKind.parse(fields['kind']),
            by: fields['by'] === 'phone' ? ('phone' as const) : ('written' as const),
            to: textOf(fields, 'to'),
            signedBy: optional(fields, 'signedBy'),
            text: optional(fields, 'text'),
            onBehalf: spoken(fields),
          }),
        ),
    }),
  ]
}
