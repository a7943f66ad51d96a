import { useTranslations } from 'use-intl'
import type { ModelRun } from '@/domain/runs/modelRun'
import { clockOf } from '@/app/time/format'
import { useWall } from '@/app/wall/wallContext'
import css from './ForecastPanel.module.css'
import { useForecastOnWall } from './forecastContext'

const SHOWN = 6

/** The runs of the model, newest first: when issued, in what state, why not as expected. */
export function RunStrip() {
  const forecast = useForecastOnWall()
  const t = useTranslations('forecast')
  if (forecast === undefined) return null
  const { list } = forecast
  const runs = list.runs.filter(({ kind }) => kind === 'official').slice(0, SHOWN)
  return (
    <div className={css['strip']} data-testid="forecast-runs">
      {runs.map((run) => (
        <Run key={run.id} run={run} />
      ))}
      {list.standing.benched ? <span className={css['benched']}>{t('benched')}</span> : null}
    </div>
  )
}

function Run({ run }: { readonly run: ModelRun }) {
  const t = useTranslations('forecast')
  const { world } = useWall()
  const { state, rung, progress, reason } = run
  const by = rung === undefined || rung === 'full' ? '' : ` · ${t(`rung.${rung}`)}`
  const why =
    reason !== undefined && (state === 'failed' || state === 'fallback') ? ` · ${t(`why.${knownReason(reason)}`)}` : ''
  return (
    <span className={css['run']} data-state={state} title={`${t(`state.${state}`)}${by}${why}`}>
      <i style={{ width: `${Math.round((state === 'running' ? progress : 1) * 100)}%` }} />
      {clockOf(run.issueTime, world.timeZone)} {t(`state.${state}`)}
      {by}
      {why}
    </span>
  )
}

const REASONS = [
  'workerSilent',
  'noWorker',
  'deadline',
  'rainUnknown',
  'noTerrain',
  'rainOutOfRange',
  'pumpWithoutOutfall',
  'diskFull',
  'kernelMissing',
] as const

const knownReason = (reason: string): (typeof REASONS)[number] | 'other' =>
  REASONS.find((known) => known === reason) ?? 'other'
