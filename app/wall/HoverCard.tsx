import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Datastream } from '@/domain/catalogue'
import { qualityFlags } from '@/domain/quality'
import { useNames } from '@/app/messages/locale'
import { measureReport } from '@/domain/measureReading'
import { clockWithSeconds, useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import css from './HoverCard.module.css'
import type { Aim } from './nearestPoint'
import { useReading } from './useReading'
import { useWall } from './wallContext'

interface HoverCardProps {
  readonly aim: Aim
  /** Size of the map and its type, CSS px. */
  readonly width: number
  readonly height: number
  readonly em: number
}

/** What the point under the pointer is: name, values, when, from whom, and what is doubtful about it. */
export function HoverCard({ aim, width, height, em }: HoverCardProps) {
  const horizontal = aim.x > width * 0.6 ? { right: width - aim.x + em } : { left: aim.x + em }
  const vertical = aim.y > height * 0.6 ? { bottom: height - aim.y } : { top: aim.y }
  return (
    <aside className={css['card']} style={{ ...horizontal, ...vertical }} data-testid="hover">
      {aim.kind === 'thing' ? (
        <ThingCard thing={aim.key} />
      ) : aim.kind === 'mover' ? (
        <MoverCard no={aim.no} />
      ) : (
        <ReportCard id={aim.id} />
      )}
    </aside>
  )
}

const MOST_STREAMS = 6

function ThingCard({ thing: key }: { readonly thing: string }) {
  const { index } = useWall()
  const names = useNames()
  const t = useTranslations('wall')
  const thing = index.thing(key)
  const streams = index.streamsOf(key)
  const feed = streams[0] === undefined ? undefined : index.feed(streams[0].feed)
  const source = [feed && names(feed.name), thing?.owner === undefined ? feed && names(feed.owner) : names(thing.owner)]
  return (
    <>
      <b>{thing === undefined ? key : names(thing.name)}</b>
      {streams.slice(0, MOST_STREAMS).map((stream) => (
        <StreamLine key={stream.no} stream={stream} />
      ))}
      {streams.length > MOST_STREAMS ? <p>{t('more', { count: streams.length - MOST_STREAMS })}</p> : null}
      <Source words={source} />
    </>
  )
}

function StreamLine({ stream }: { readonly stream: Datastream }) {
  const { world, now } = useWall()
  const view = useReading()(stream)
  const span = useSpan()
  const flag = useTranslations('evidence.flags')
  const { of } = view
  const flags = of.kind === 'value' ? qualityFlags(of.quality) : []
  return (
    <>
      <p className={css['value']}>
        <span>{view.property}</span>
        <Figure of={of} decimals={view.decimals} title={view.title} mark="always" />
      </p>
      {of.kind === 'absent' ? null : (
        <p>
          {clockWithSeconds(of.asOf, world.timeZone)} · {span(now - of.asOf)}
          {flags.map((name) => (
            <em key={name}> {flag(name)}</em>
          ))}
        </p>
      )}
    </>
  )
}

function MoverCard({ no }: { readonly no: number }) {
  const { index, picture, world, now } = useWall()
  const names = useNames()
  const span = useSpan()
  const t = useTranslations('hover')
  const track = index.track(no)
  const { movers } = picture
  if (track === undefined || no >= movers.length) return null
  const feed = index.feed(track.feed)
  const [at, speed, heading] = [movers.phenomenonTime[no]!, movers.speed[no]!, movers.heading[no]!]
  return (
    <>
      <b>{names(track.name)}</b>
      <p>{t(`kind.${track.subjectKind}`)}</p>
      <p>
        {Number.isNaN(speed) ? t('noSpeed') : t('speed', { n: Math.round(speed * 3.6) })}
        {Number.isNaN(heading) ? '' : ` · ${t('heading', { n: Math.round(heading) })}`}
      </p>
      <p>
        {clockWithSeconds(at, world.timeZone)} · {span(now - at)}
      </p>
      <Source words={[feed && names(feed.name), feed && names(feed.owner)]} />
    </>
  )
}

function ReportCard({ id }: { readonly id: string }) {
  const { index, picture, world, now } = useWall()
  const names = useNames()
  const span = useSpan()
  const report = picture.reports.get(id)
  if (report === undefined) return null
  const feed = index.feed(report.feed)
  return (
    <>
      <b>{names(report.title)}</b>
      <p className={css['value']}>
        <Figure of={measureReport(report)} decimals={1} title={names(report.title)} mark="always" />
      </p>
      <p>
        {clockWithSeconds(report.phenomenonTime, world.timeZone)} · {span(now - report.phenomenonTime)}
      </p>
      <Source words={[feed && names(feed.name), feed && names(feed.owner)]} />
    </>
  )
}

function Source({ words }: { readonly words: readonly (string | undefined)[] }): ReactNode {
  return <p className={css['source']}>{words.filter((word) => word !== undefined).join(' · ')}</p>
}
