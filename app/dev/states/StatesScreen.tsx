'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Locale } from '@/domain/ids'
import { Spoken } from '@/app/messages/Language'
import { WorldTimeProvider } from '@/app/time/WorldTime'
import { Band } from '@/app/ui/Band'
import { Sparkline } from '@/app/ui/chart/Sparkline'
import { TimeSeries } from '@/app/ui/chart/TimeSeries'
import { Figure } from '@/app/ui/figure/Figure'
import type { ZeroKind } from '@/app/ui/figure/ZeroPicture'
import { ZeroPicture } from '@/app/ui/figure/ZeroPicture'
import type { Urgency } from '@/app/ui/Glyph'
import { Glyph } from '@/app/ui/Glyph'
import { Heading } from '@/app/ui/Heading'
import type { MarkKind } from '@/app/ui/Mark'
import { Mark } from '@/app/ui/Mark'
import { FIGURES, SAMPLE_NOW, SAMPLE_SERIES, SAMPLE_THRESHOLDS, SAMPLE_WINDOW, SAMPLE_ZONE, ZEROS } from './samples'
import css from './StatesScreen.module.css'

const THEMES = ['dark', 'light'] as const
const LOCALES: readonly Locale[] = ['zh-CN', 'en']

/** `/dev/states`: every component in every state, both themes, both languages; the sheet that golden images are taken of. */
export function StatesScreen() {
  return (
    <main className={css['page']}>
      {THEMES.map((theme) =>
        LOCALES.map((locale) => (
          <Spoken key={locale} locale={locale} timeZone={SAMPLE_ZONE}>
            <section className={css['sheet']} data-theme={theme} data-sheet={`${theme} ${locale}`}>
              <WorldTimeProvider value={{ now: SAMPLE_NOW, timeZone: SAMPLE_ZONE }}>
                <Sheet locale={locale} />
              </WorldTimeProvider>
            </section>
          </Spoken>
        )),
      )}
    </main>
  )
}

function Sheet({ locale }: { readonly locale: Locale }) {
  const t = useTranslations('world.band')
  return (
    <>
      <Band text={t('exercise')} />
      <Band text={t('lookBack', { at: '16:20' })} />
      <div className={css['columns']}>
        <Zeros />
        <Figures />
        <Signs />
        <Charts locale={locale} />
      </div>
    </>
  )
}

function Group({
  title,
  sub,
  children,
}: {
  readonly title: string
  readonly sub: string
  readonly children: ReactNode
}) {
  return (
    <div className={css['group']}>
      <Heading title={title} sub={sub} />
      {children}
    </div>
  )
}

function Zeros() {
  const t = useTranslations('figure.zero')
  return (
    <Group title="Five zeros" sub="五种零">
      {(Object.keys(ZEROS) as ZeroKind[]).map((kind) => (
        <div key={kind} className={css['row']} data-zero-row={kind}>
          <span>{t(kind)}</span>
          <ZeroPicture kind={kind} />
          <Figure of={ZEROS[kind]} decimals={1} title={t(kind)} unit={false} />
        </div>
      ))}
    </Group>
  )
}

function Figures() {
  return (
    <Group title="Figures" sub="数字">
      {FIGURES.map(({ name, of, decimals }) => (
        <div key={name} className={css['row']}>
          <span>{name}</span>
          <span />
          <Figure of={of} decimals={decimals} title={name} mark="always" />
        </div>
      ))}
    </Group>
  )
}

const MARKS: readonly MarkKind[] = ['measured', 'modelled', 'reported', 'stale', 'unknown']
const URGENCIES: readonly Urgency[] = [1, 2, 3, 4]

function Signs() {
  const t = useTranslations('figure.mark')
  return (
    <Group title="Signs" sub="符号">
      <div className={css['glyphs']}>
        {URGENCIES.map((urgency) => (
          <span key={urgency}>
            <Glyph urgency={urgency} label="3" />
            <Glyph urgency={urgency} label="12" />
            <Glyph urgency={urgency} label="7" hollow />
          </span>
        ))}
      </div>
      <div className={css['marks']}>
        {MARKS.map((kind) => (
          <span key={kind}>
            <Mark kind={kind} />
            {t(kind)}
          </span>
        ))}
      </div>
    </Group>
  )
}

const GAP = 3_600_000
const LATEST = {
  kind: 'value',
  value: 25.31,
  unit: 'm',
  provenance: 'measured',
  quality: 0,
  asOf: SAMPLE_NOW,
  source: { kind: 'event', id: 'sample' },
} as const

function Charts({ locale }: { readonly locale: Locale }) {
  const t = useTranslations('figure.zero')
  const spark = { series: SAMPLE_SERIES, ...SAMPLE_WINDOW, gap: GAP }
  return (
    <Group title={locale === 'en' ? 'Series' : '曲线'} sub={locale === 'en' ? '曲线' : 'Series'}>
      <TimeSeries
        series={SAMPLE_SERIES}
        thresholds={SAMPLE_THRESHOLDS}
        decimals={2}
        {...SAMPLE_WINDOW}
        timeZone={SAMPLE_ZONE}
        gap={GAP}
        width={440}
        height={170}
        type={14}
      />
      {[
        LATEST,
        { ...LATEST, value: 23.4, asOf: ZEROS.stale.asOf, staleSince: ZEROS.stale.staleSince },
        ZEROS.noData,
        ZEROS.notCovered,
      ].map((latest, i) => (
        <div key={i} className={css['spark']}>
          <span>{i === 0 ? '' : t((['stale', 'noData', 'notCovered'] as const)[i - 1] ?? 'stale')}</span>
          <div>
            <Sparkline {...spark} latest={latest} />
          </div>
          <Figure of={latest} decimals={2} title="sample" />
        </div>
      ))}
    </Group>
  )
}
