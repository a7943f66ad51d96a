import type { z } from 'zod'
import type { FeedMapping } from '@/domain/feed/mapping'
import type { Names } from '@/domain/ids'
import { toDegrees } from './curve'
import { PROPERTIES, thresholdsOf } from './properties'
import { ALL_SERIES, NOT_COVERED } from './simulation'
import type { LinjiangFeed, Series } from './simulation'
import { VEHICLE_PERIOD_SECONDS } from './vehicles'

type MappingInput = z.input<typeof FeedMapping>
const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

interface Department {
  readonly name: Names
  readonly owner: Names
  readonly periodSeconds: number
  readonly latenessSeconds: number
}

const DEPARTMENTS: Readonly<Record<LinjiangFeed, Department>> = {
  water: {
    name: names('水文', 'Hydrology'),
    owner: names('市水务局', 'Water Bureau'),
    periodSeconds: 60,
    latenessSeconds: 300,
  },
  rain: {
    name: names('雨量', 'Rain gauges'),
    owner: names('市水务局', 'Water Bureau'),
    periodSeconds: 60,
    latenessSeconds: 180,
  },
  underpasses: {
    name: names('下穿积水', 'Underpasses'),
    owner: names('市城管局', 'Urban Management Bureau'),
    periodSeconds: 10,
    latenessSeconds: 60,
  },
  pumps: {
    name: names('泵站', 'Pump stations'),
    owner: names('市城管局', 'Urban Management Bureau'),
    periodSeconds: 30,
    latenessSeconds: 120,
  },
  air: {
    name: names('空气', 'Air quality'),
    owner: names('市生态环境局', 'Ecology and Environment Bureau'),
    periodSeconds: 300,
    latenessSeconds: 900,
  },
  traffic: {
    name: names('路况', 'Traffic'),
    owner: names('市交警支队', 'Traffic Police'),
    periodSeconds: 60,
    latenessSeconds: 120,
  },
  power: {
    name: names('供电', 'Power'),
    owner: names('市供电公司', 'Power Supply Company'),
    periodSeconds: 15,
    latenessSeconds: 60,
  },
  weather: {
    name: names('气象', 'Weather'),
    owner: names('市气象台', 'Weather Observatory'),
    periodSeconds: 60,
    latenessSeconds: 180,
  },
  drains: {
    name: names('排水管网', 'Storm drains'),
    owner: names('市城管局', 'Urban Management Bureau'),
    periodSeconds: 300,
    latenessSeconds: 600,
  },
  metro: {
    name: names('地铁', 'Metro'),
    owner: names('市地铁集团', 'Metro Company'),
    periodSeconds: 120,
    latenessSeconds: 180,
  },
  gas: {
    name: names('燃气', 'Gas'),
    owner: names('市燃气集团', 'Gas Company'),
    periodSeconds: 600,
    latenessSeconds: 600,
  },
  supply: {
    name: names('供水', 'Water supply'),
    owner: names('市供水集团', 'Water Supply Company'),
    periodSeconds: 600,
    latenessSeconds: 600,
  },
  bridges: {
    name: names('桥梁', 'Bridges'),
    owner: names('市住建局', 'Housing and Construction Bureau'),
    periodSeconds: 300,
    latenessSeconds: 300,
  },
  slopes: {
    name: names('边坡', 'Slopes'),
    owner: names('市自然资源局', 'Natural Resources Bureau'),
    periodSeconds: 300,
    latenessSeconds: 900,
  },
  health: {
    name: names('医院', 'Hospitals'),
    owner: names('市卫健委', 'Health Commission'),
    periodSeconds: 600,
    latenessSeconds: 1_200,
  },
  chemicals: {
    name: names('化工园', 'Chemical park'),
    owner: names('市应急局', 'Emergency Bureau'),
    periodSeconds: 120,
    latenessSeconds: 120,
  },
  vehicles: {
    name: names('应急车辆', 'Emergency vehicles'),
    owner: names('市应急局', 'Emergency Bureau'),
    periodSeconds: VEHICLE_PERIOD_SECONDS,
    latenessSeconds: 30,
  },
  calls: {
    name: names('群众来电', 'Calls'),
    owner: names('市应急指挥中心', 'Emergency Call Centre'),
    periodSeconds: 600,
    latenessSeconds: 60,
  },
}

/** Where the exercise opens: the afternoon storm is minutes from its first closed underpass. */
export const EXERCISE_START = '2026-07-18T16:22:00+08:00'

/** The declarative mapping of one feed of the exercise, as it lies in scenarios/feeds. */
export function linjiangMapping(feed: LinjiangFeed): MappingInput {
  const department = DEPARTMENTS[feed]
  return {
    version: 1,
    feed: `linjiang-${feed}`,
    name: department.name,
    contract: {
      owner: department.owner,
      steward: names('演练导调组', 'Exercise control'),
      periodSeconds: department.periodSeconds,
      latenessSeconds: department.latenessSeconds,
      licence: 'Apache-2.0, synthetic',
      classification: 'public',
      legalBasis: '演练数据，由仿真产生，不涉及真实城市',
      onBreach: '导调组核对仿真故障表',
      newStreams: 'refuse',
    },
    world: {
      key: 'linjiang',
      kind: 'exercise',
      name: names('临江演练', 'Linjiang exercise'),
      timeZone: 'Asia/Shanghai',
      view: { longitude: 114.357, latitude: 30.585, zoom: 12.5, pitch: 52, bearing: 0 },
    },
    clock: { mode: 'original', speed: 1, start: EXERCISE_START },
    ...sourceOf(feed),
  }
}

function sourceOf(feed: LinjiangFeed): ReturnType<typeof sensorSource> {
  if (feed === 'vehicles') return vehicleSource()
  if (feed === 'calls') return callSource()
  return sensorSource(ALL_SERIES.filter(({ kind }) => kind.feed === feed))
}

/** 12345, 110, 119 and 120: what is said and where, never by whom. */
function callSource(): Pick<MappingInput, 'source'> {
  return {
    source: {
      kind: 'push',
      input: {
        format: { kind: 'ndjson' },
        time: { kind: 'epoch', column: 'phenomenonTime', unit: 'ms' },
        records: {
          kind: 'reports',
          reportKind: 'call',
          key: ['key'],
          title: names('{line} {titleZh}', '{line} {titleEn}'),
          longitude: 'longitude',
          latitude: 'latitude',
          crs: 'CGCS2000',
          properties: ['line', 'topic'],
        },
      },
    },
  }
}

function vehicleSource(): Pick<MappingInput, 'source'> {
  return {
    source: {
      kind: 'push',
      input: {
        format: { kind: 'ndjson' },
        time: { kind: 'epoch', column: 'phenomenonTime', unit: 'ms' },
        records: {
          kind: 'positions',
          track: { from: 'column', column: 'track' },
          longitude: 'longitude',
          latitude: 'latitude',
          crs: 'CGCS2000',
          speed: { column: 'speed', unit: 'm/s' },
          heading: 'heading',
          subjectKind: 'vehicle',
        },
      },
    },
  }
}

function sensorSource(series: readonly Series[]): Pick<MappingInput, 'source' | 'properties' | 'things' | 'streams'> {
  const used = new Set(series.map(({ kind }) => kind.property))
  const things = new Map(series.map(({ thing }) => [thing.key, thing]))
  return {
    source: { kind: 'push' },
    properties: PROPERTIES.filter(({ key }) => used.has(key)),
    things: {
      crs: 'CGCS2000',
      list: [...things.values()].map(({ key, name, at }) => {
        const [longitude, latitude] = toDegrees(at)
        return { key, name, longitude, latitude }
      }),
    },
    streams: series.map(streamOf),
  }
}

/** Measured, and only its owner may see it. */
const MASKED = new Set(['substation-4.load'])

function streamOf(one: Series): NonNullable<MappingInput['streams']>[number] {
  const thresholds = thresholdsOf(one)
  return {
    thing: one.thing.key,
    property: one.kind.property,
    periodSeconds: one.kind.periodSeconds,
    staleAfterSeconds: one.kind.periodSeconds * 3,
    ...(NOT_COVERED.has(one.key) ? { covered: false } : {}),
    ...(MASKED.has(one.key) ? { masked: true } : {}),
    ...(thresholds.length === 0 ? {} : { thresholds }),
  }
}
