import { useTranslations } from 'use-intl'
import type { Thing } from '@/domain/catalogue'
import { INCIDENT_TYPES } from '@/domain/incident/incidentTypes'
import { newId } from '@/app/fetch/newId'
import { useNames } from '@/app/messages/locale'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { leading, openAlarms } from '@/app/situation/occurrences'
import { useReading } from '@/app/wall/useReading'
import { useWall } from '@/app/wall/wallContext'
import type { DraftFields } from '../draft/drafts'
import { guessType } from '../call/guessType'
import type { DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { only, optional, textOf } from './fields'

/** 立案 from a crossed limit: name, place and what was measured are already there; a person decides. */
export function useOpenActs(api: DeskApi): readonly DeskAct[] {
  const { picture, index } = useWall()
  const t = useTranslations('desk')
  const names = useNames()
  const signalOf = useSignal()
  const types = INCIDENT_TYPES.map(({ code, name }) => ({ value: code, label: `${names(name)} ${code}` }))
  return leading(openAlarms(picture.alarms.values(), index)).map((open): DeskAct => {
    const { place, what, position, words, typeCode } = signalOf(open)
    return {
      key: `open.alarm ${open.alarm.id}`,
      title: t('openOf', { place }),
      about: what,
      words: [t('openOf', { place }), words, 'open incident', 'la'],
      consequence: t('consequence.open'),
      authority: t('authority.own'),
      fields: [
        { name: 'title', label: t('field.title'), kind: 'text', required: true, maxLength: 60 },
        { name: 'typeCode', label: t('field.type'), kind: 'select', options: types },
        { name: 'condition', label: t('field.condition'), kind: 'text', maxLength: 120 },
      ],
      initial: { title: `${place} ${what}`.trim().slice(0, 60), typeCode, condition: '' },
      personal: [],
      submit: (fields: DraftFields) =>
        api.open({
          id: newId(),
          title: textOf(fields, 'title'),
          typeCode: textOf(fields, 'typeCode'),
          place: { text: place.slice(0, 120), ...position },
          source: { kind: 'alarm', ref: open.alarm.id },
          ...only({ condition: optional(fields, 'condition') }),
        }),
    }
  })
}

/** What a crossed limit says of its place, for a draft. */
function useSignal() {
  const { index } = useWall()
  const names = useNames()
  const reading = useReading()
  return ({ alarm, stream, threshold }: OpenAlarm) => {
    const thing = stream === undefined ? undefined : index.thing(stream.thing)
    const place = thing === undefined ? alarm.key : names(thing.name)
    const what = threshold === undefined ? '' : names(threshold.name)
    const property = stream === undefined ? '' : reading(stream).property
    const said = `${place} ${what} ${property} ${thing?.name['zh-CN'] ?? ''}`
    return {
      ...{ place, what },
      words: thing?.name.en ?? '',
      position: positionOf(thing),
      typeCode: guessType(said) ?? '11A02',
    }
  }
}

const positionOf = (thing: Thing | undefined): { longitude?: number; latitude?: number } =>
  thing?.longitude === undefined || thing.latitude === undefined
    ? {}
    : { longitude: thing.longitude, latitude: thing.latitude }
