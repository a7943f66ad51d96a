import { WarningColour, type WarningView } from '@/domain/api/warnings'
import { parseIso } from '@/domain/feed/timeText'
import { type WarningMessage, warningsInForce } from '@/domain/formats/cap/inForce'
import type { Report } from '@/domain/report'
import { hours, toIso } from '@/domain/time'
import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { warningReports } from './queries/warningReports'

/** A warning that nobody lifted and that names no end is looked for this far back. */
const LONGEST_MS = hours(24 * 14)

interface Held extends WarningMessage {
  readonly report: Report
}

/** Warnings in force at a moment of the World as they were known then: replaced, lifted and expired ones are not among them. */
export async function warningsAsOf(clickhouse: ClickHouse, world: WorldNo, knownTime: number): Promise<WarningView[]> {
  const rows = await warningReports(clickhouse, { world, from: knownTime - LONGEST_MS, knownTime })
  return warningsInForce(
    rows.map(({ body }) => messageOf(body)),
    knownTime,
  ).map(viewOf)
}

const textOf = ({ properties }: Report, name: string): string => {
  const value = properties[name]
  return value === undefined || value === null ? '' : String(value)
}

/** What a mapping did not keep of a message is taken from the report's own key and times. */
function messageOf(report: Report): Held {
  const [sender = '', ...rest] = report.key.split('/')
  return {
    report,
    sender: textOf(report, 'sender') || sender,
    identifier: textOf(report, 'identifier') || rest.join('/'),
    sent: textOf(report, 'sent') || toIso(report.phenomenonTime),
    msgType: textOf(report, 'msgType') || 'Alert',
    references: textOf(report, 'references'),
    expires: textOf(report, 'expires'),
  }
}

function viewOf({ report, sender, identifier, sent, expires }: Held): WarningView {
  const colour = WarningColour.safeParse(textOf(report, 'colour'))
  const ends = parseIso(expires)
  const said = (name: string, usual: string): string => textOf(report, name) || usual
  return {
    ...{ report: report.id, feed: report.feed, sender, identifier },
    issuer: said('senderName', sender),
    event: said('event', report.title['zh-CN']),
    ...(colour.success ? { colour: colour.data } : {}),
    headline: said('headline', report.title['zh-CN']),
    area: textOf(report, 'areaDesc'),
    sentAt: parseIso(sent) || report.phenomenonTime,
    ...(Number.isNaN(ends) ? {} : { expiresAt: ends }),
    ...(report.longitude === undefined ? {} : { longitude: report.longitude }),
    ...(report.latitude === undefined ? {} : { latitude: report.latitude }),
    byHand: textOf(report, 'byHand') !== '',
  }
}
