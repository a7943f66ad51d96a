'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { World } from '@/domain/world'
import { useFeedDesk } from '@/app/desk/feeds/feedQuestions'
import { DeskOfWorld } from '@/app/desk/feeds/DeskOfWorld'
import css from '@/app/desk/feeds/FeedDesk.module.css'
import { useAct } from '@/app/fetch/useAct'
import { useNames } from '@/app/messages/locale'
import { useRefusal } from '@/app/messages/useRefusal'
import sheet from '@/app/ui/Sheet.module.css'
import { CatalogueSearch } from './CatalogueSearch'
import { LayersTable } from './LayersTable'
import { MappingWizard } from './MappingWizard'
import { Quarantine } from './Quarantine'

/** `/desk/data?world=`: the pool in its four layers, what was refused, the catalogue, and the way for a new feed. */
export function DataScreen() {
  return <DeskOfWorld page="/desk/data">{(world) => <Data world={world} />}</DeskOfWorld>
}

function Data({ world }: { readonly world: World }) {
  const t = useTranslations('feedDesk')
  const says = useRefusal()
  const names = useNames()
  const [round, setRound] = useState(0)
  const act = useAct()
  const feeds = useFeedDesk(world.key, round).answer?.feeds ?? []
  const onDone = (): void => setRound((n) => n + 1)
  const shared = { world, feeds, act, onDone }
  return (
    <main className={`${sheet['sheet']} ${css['sheet']} ${css['wide']}`}>
      <header>
        <h1>
          {t('dataTitle')} · {names(world.name)}
        </h1>
        <a href={`/desk/feeds?world=${encodeURIComponent(world.key)}`}>{t('toFeeds')}</a>
      </header>
      <LayersTable world={world} feeds={feeds} />
      <p className={sheet['note']} role="alert">
        {act.refused === undefined ? '' : t('refused', { code: says(act.refused) })}
      </p>
      <Quarantine {...shared} round={round} />
      <CatalogueSearch world={world} />
      <MappingWizard world={world} act={act} onDone={onDone} />
    </main>
  )
}
