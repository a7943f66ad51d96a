import { useTranslations } from 'use-intl'
import type { Report } from '@/domain/report'
import { useNames } from '@/app/messages/locale'
import { measureReport } from '@/domain/measureReading'
import { useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import css from './TrendsPanel.module.css'
import { useWall } from './wallContext'

/** For a World that hears of occurrences and measures no series: what was reported, the newest first. */
export function ReportsPanel() {
  const { picture, now } = useWall()
  const t = useTranslations('wall')
  const reports = [...picture.reports.values()]
    .filter(({ phenomenonTime }) => phenomenonTime <= now)
    .sort((a, b) => b.phenomenonTime - a.phenomenonTime || (a.id < b.id ? -1 : 1))
  return (
    <section className={css['panel']} aria-label={t('records')}>
      <Heading title={t('records')} sub={t('recordsSub')} />
      <FittedList
        items={reports}
        keyOf={({ id }) => id}
        row={(report) => <ReportRow report={report} />}
        fold={(folded) => t('more', { count: folded.length })}
      />
    </section>
  )
}

function ReportRow({ report }: { readonly report: Report }) {
  const { now } = useWall()
  const names = useNames()
  const span = useSpan()
  return (
    <div className={css['report']}>
      <div className={css['name']}>{names(report.title)}</div>
      <div className={css['name']}>
        <span>{span(now - report.phenomenonTime)}</span>
      </div>
      <div className={css['figure']}>
        <Figure of={measureReport(report)} decimals={1} title={names(report.title)} />
      </div>
    </div>
  )
}
