'use client'

import { useTranslations } from 'use-intl'
import { Seated } from '../Seated'
import { Sheet } from './Sheet'

/** `/desk/sheet?world=`: the night on paper, for when the screens go dark. */
export function SheetScreen() {
  const t = useTranslations('desk')
  return <Seated only={t('only')}>{(person) => <Sheet person={person} />}</Seated>
}
