import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Point2 } from '@/domain/geometry/polygon'
import { useCityPackage } from '@/app/fetch/questions'
import { useNames } from '@/app/messages/locale'
import { areaOf } from '@/app/situation/districtCounts'
import { openAlarms, silences } from '@/app/situation/occurrences'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import css from './DistrictTable.module.css'
import type { District } from './places/cityPlaces'
import { useDistricts } from './places/cityPlaces'
import { useWall } from './wallContext'

interface Row {
  readonly code: string
  readonly name: string
  readonly alarms: number
  readonly silent: number
  readonly incidents: number
}

/** Every district in one line: what crossed a limit there, what fell silent, what is being handled. */
export function DistrictTable() {
  const { world } = useWall()
  const t = useTranslations('steer.districtTable')
  const districts = useDistricts(useCityPackage(world.key).answer) ?? []
  const rows = useRows(districts)
  return (
    <section className={css['panel']} aria-label={t('title')} data-testid="districts">
      <Heading title={t('title')} sub={t('sub')} aside={t('aside')} />
      {districts.length === 0 ? <p className={css['note']}>{t('none')}</p> : null}
      <FittedList
        items={districts.length === 0 ? [] : rows}
        keyOf={({ code }) => code}
        row={(row) => <DistrictRow row={row} />}
        fold={() => null}
      />
    </section>
  )
}

function DistrictRow({ row: { name, alarms, silent, incidents } }: { readonly row: Row }) {
  const t = useTranslations('steer.districtTable')
  const cell = (n: number, text: string) => <div data-none={n === 0}>{n === 0 ? t('calm') : text}</div>
  return (
    <div className={css['row']}>
      <b>{name}</b>
      {cell(alarms, t('alarms', { n: alarms }))}
      {cell(silent, t('silent', { n: silent }))}
      {cell(incidents, t('incidents', { n: incidents }))}
    </div>
  )
}

/** The worst district first; what lies in none is a line of its own, so that nothing is lost. */
function useRows(districts: readonly District[]): Row[] {
  const { index, picture } = useWall()
  const t = useTranslations('steer.districtTable')
  const names = useNames()
  const home = useMemo(() => {
    const placed = index.catalogue.things.flatMap(({ key, longitude, latitude }) =>
      longitude === undefined || latitude === undefined
        ? []
        : [[key, areaOf(districts, [longitude, latitude])] as const],
    )
    return new Map(placed)
  }, [index, districts])
  const byThing = (things: readonly string[]): string[] => things.map((thing) => home.get(thing) ?? '')
  const incidents = [...picture.incidents.values()].map(({ place: { longitude, latitude } }) => {
    const at: Point2 | undefined = longitude === undefined || latitude === undefined ? undefined : [longitude, latitude]
    return (at === undefined ? undefined : areaOf(districts, at)) ?? ''
  })
  const alarms = byThing(openAlarms(picture.alarms.values(), index).flatMap(({ stream }) => stream?.thing ?? []))
  const silent = byThing(silences(picture.readings, index).flatMap(({ streams }) => streams.map(({ thing }) => thing)))
  const count = (list: readonly string[], code: string): number => list.filter((one) => one === code).length
  return [...districts, { code: '', name: undefined }]
    .map(({ code, name }) => ({
      code,
      name: code === '' ? t('outside') : name === undefined ? code : names(name),
      alarms: count(alarms, code),
      silent: count(silent, code),
      incidents: count(incidents, code),
    }))
    .filter(({ code, ...row }) => code !== '' || row.alarms + row.silent + row.incidents > 0)
    .sort((a, b) => b.incidents - a.incidents || b.alarms - a.alarms || b.silent - a.silent)
}
