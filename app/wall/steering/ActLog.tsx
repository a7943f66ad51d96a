import { useTranslations } from 'use-intl'
import type { WallView } from '@/domain/api/wall'
import { stampOf } from '@/app/time/format'

/** Who did what with the wall; the same acts stand in the audit. */
export function ActLog({ view, timeZone }: { readonly view: WallView; readonly timeZone: string }) {
  const t = useTranslations('steer')
  return (
    <section aria-label={t('acts')}>
      <h2>{t('acts')}</h2>
      <table>
        <tbody>
          {view.acts.map(({ version, at, by, act }) => (
            <tr key={version} data-act-version={version}>
              <td>{stampOf(at, timeZone)}</td>
              <td>
                <b>{t(`act.${act.kind}`)}</b> {particulars(act)}
              </td>
              <td>{by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What an act was about, in its own words. */
function particulars(act: WallView['acts'][number]['act']): string {
  const { kind: _kind, ...rest } = act
  return Object.values(rest)
    .filter((value) => typeof value !== 'object')
    .join(' ')
}
