'use client'

import { useTranslations } from 'use-intl'
import { Seated } from '@/app/desk/Seated'
import { DeptSurface } from './DeptSurface'

/** `/dept?world=`: what a department has to do, and what it has answered. `?department=` for a desk that looks on. */
export function DeptScreen() {
  const t = useTranslations('dept')
  return <Seated only={t('only')}>{(person) => <DeptSurface person={person} />}</Seated>
}
