import { FeedMapping } from '@/domain/feed/mapping'
import type { World } from '@/domain/world'
import type { CatalogueStore } from './catalogueStore'
import type { FeedRecord } from './feedRecord'

export type ManualKind = 'warnings' | 'figures'

const COLUMNS = {
  warnings: {
    name: { 'zh-CN': '人工录入预警', en: 'Warnings entered by hand' },
    reportKind: 'warning',
    key: ['sender', 'identifier'],
    title: { 'zh-CN': '{title}', en: '{title}' },
    properties: [
      ...['sender', 'identifier', 'sent', 'msgType', 'references', 'expires', 'event', 'colour'],
      ...['headline', 'areaDesc', 'senderName', 'enteredBy', 'byHand'],
    ],
  },
  figures: {
    name: { 'zh-CN': '人工报数', en: 'Figures reported by telephone' },
    reportKind: 'figure',
    key: ['identifier'],
    title: { 'zh-CN': '{place} {quantity}', en: '{place} {quantity}' },
    properties: ['quantity', 'place', 'unit', 'reporter', 'enteredBy', 'byHand'],
    magnitude: { column: 'value', unit: '' },
    longitude: 'longitude',
    latitude: 'latitude',
  },
} as const

/** What people enter is a feed like any other, with an owner and a contract; made at its first use. */
export function manualFeed(
  catalogue: CatalogueStore,
  world: World,
  { kind, actor }: { readonly kind: ManualKind; readonly actor: string },
): Promise<FeedRecord> {
  const { name, ...records } = COLUMNS[kind]
  const { key, timeZone, view } = world
  const mapping = FeedMapping.parse({
    ...{ version: 1, feed: `manual-${kind}`, name },
    contract: {
      owner: { 'zh-CN': '指挥中心值班室', en: 'Duty room' },
      steward: { 'zh-CN': '值班长', en: 'Duty chief' },
      ...{ periodSeconds: 86_400, latenessSeconds: 86_400, licence: '内部使用', classification: 'internal' },
      ...{ legalBasis: '突发事件应对法 信息报告', onBreach: '值班长核实后更正' },
    },
    world: { key, kind: world.kind, name: world.name, timeZone, view },
    source: {
      kind: 'push',
      input: {
        format: { kind: 'ndjson' },
        time: { kind: 'column', column: 'sent' },
        records: { kind: 'reports', ...records },
      },
    },
  })
  return catalogue.registerFeed(world.no, mapping, actor)
}
