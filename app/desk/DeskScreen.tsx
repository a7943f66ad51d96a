'use client'

import { useTranslations } from 'use-intl'
import { DeskSurface } from './DeskSurface'
import { Seated } from './Seated'

/** `/desk?world=`: the seat of a duty officer on one World. */
export function DeskScreen() {
  const t = useTranslations('desk')
  return <Seated only={t('only')}>{(person, second) => <DeskSurface person={person} second={second} />}</Seated>
}
