import { useTranslations } from 'use-intl'
import type { ContractVersions, FeedDeskEntry } from '@/domain/api/feedDesk'
import type { World } from '@/domain/world'
import { send } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { useNames } from '@/app/messages/locale'
import { stampOf, useSpan } from '@/app/time/format'
import css from './FeedDesk.module.css'
import { feedPath, useContracts } from './feedQuestions'

interface ContractsProps {
  readonly feed: FeedDeskEntry
  readonly world: World
  readonly act: Act
  readonly round: number
  readonly onDone: () => void
}

/** What the owner promised, by version; the newest can be signed by who has read it. */
export function Contracts({ feed, world, act, round, onDone }: ContractsProps) {
  const t = useTranslations('feedDesk')
  const names = useNames()
  const span = useSpan()
  const { contract } = feed
  const versions = useContracts(world.key, feed.key, round).answer?.versions ?? []
  const sign = ({ version, digest }: ContractVersions['versions'][number]): void =>
    act.run(async () => {
      const path = feedPath(world.key, `/feeds/${encodeURIComponent(feed.key)}/contracts/sign`)
      await send(path, { method: 'POST', body: { version, digest } })
      onDone()
    })
  const facts: readonly (readonly [string, string])[] = [
    [t('owner'), names(contract.owner)],
    [t('steward'), names(contract.steward)],
    [t('period'), span(contract.periodSeconds * 1_000)],
    [t('lateness'), span(contract.latenessSeconds * 1_000)],
    [t('licence'), contract.licence],
    [t('classification'), t(`grades.${contract.classification}`)],
    [t('legalBasis'), contract.legalBasis],
    [t('onBreach'), contract.onBreach],
    [t('breachAction'), t(`actions.${contract.breachAction}`)],
  ]
  return (
    <>
      <h2>{t('contract')}</h2>
      <dl className={css['facts']}>
        {facts.map(([name, value]) => [<dt key={`${name} t`}>{name}</dt>, <dd key={`${name} d`}>{value}</dd>])}
      </dl>
      <ul style={{ listStyle: 'none', padding: '12px 0' }} data-testid="versions">
        {versions.map((one, i) => (
          <li key={one.digest + one.madeBy}>
            {t('version', { version: String(one.version), at: stampOf(one.madeAt, world.timeZone) })} ·{' '}
            {one.signedAt === null || one.signedBy === null
              ? t('unsigned')
              : t('signed', { by: one.signedBy, at: stampOf(one.signedAt, world.timeZone) })}
            {i === 0 && one.signedAt === null ? (
              <button type="button" disabled={act.busy} onClick={() => sign(one)}>
                {t('sign')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )
}
