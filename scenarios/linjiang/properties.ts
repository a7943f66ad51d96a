import type { Names } from '@/domain/ids'
import type { ObservedProperty, Threshold } from '@/domain/catalogue'
import type { z } from 'zod'
import type { Series } from './simulation'

const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

/** What Linjiang's instruments observe, with the bounds of their checks. */
export const PROPERTIES: readonly z.input<typeof ObservedProperty>[] = [
  {
    key: 'water-level',
    name: names('水位', 'Water level'),
    unit: 'm',
    decimals: 2,
    range: [0, 120],
    maxChangePerMinute: 0.6,
  },
  { key: 'discharge', name: names('流量', 'Discharge'), unit: 'm³/s', decimals: 0, range: [0, 80_000] },
  {
    key: 'rain-5min',
    name: names('5 分钟雨量', '5 min rain'),
    unit: 'mm',
    decimals: 1,
    range: [0, 45],
    detectionLimit: 0.2,
  },
  {
    key: 'rain-1h',
    name: names('1 小时雨量', '1 h rain'),
    unit: 'mm',
    decimals: 1,
    range: [0, 250],
    detectionLimit: 0.2,
  },
  {
    key: 'water-depth',
    name: names('积水深度', 'Water depth'),
    unit: 'cm',
    decimals: 1,
    range: [0, 400],
    maxChangePerMinute: 60,
  },
  { key: 'sump-level', name: names('前池水位', 'Sump level'), unit: 'm', decimals: 2, range: [0, 9] },
  { key: 'pumps-running', name: names('开泵台数', 'Pumps running'), unit: '台', decimals: 0, range: [0, 6] },
  { key: 'pm25', name: names('PM2.5', 'PM2.5'), unit: 'µg/m³', decimals: 0, range: [0, 1_000] },
  { key: 'so2', name: names('二氧化硫', 'SO₂'), unit: 'µg/m³', decimals: 0, range: [0, 1_000], detectionLimit: 3 },
  { key: 'speed', name: names('车速', 'Speed'), unit: 'km/h', decimals: 0, range: [0, 160] },
  { key: 'flow', name: names('流量', 'Traffic flow'), unit: '辆/h', decimals: 0, range: [0, 9_000] },
  { key: 'load', name: names('负荷', 'Load'), unit: 'MW', decimals: 1, range: [0, 250] },
  {
    key: 'temperature',
    name: names('气温', 'Temperature'),
    unit: '°C',
    decimals: 1,
    range: [-25, 48],
    maxChangePerMinute: 3,
  },
  { key: 'wind-speed', name: names('风速', 'Wind speed'), unit: 'm/s', decimals: 1, range: [0, 75] },
  { key: 'well-level', name: names('井内水位', 'Water in the drain'), unit: 'm', decimals: 2, range: [0, 12] },
  { key: 'room-depth', name: names('室内积水', 'Water in the room'), unit: 'cm', decimals: 1, range: [0, 300] },
  { key: 'methane', name: names('甲烷', 'Methane'), unit: '%LEL', decimals: 1, range: [0, 100] },
  { key: 'pressure', name: names('水压', 'Pressure'), unit: 'MPa', decimals: 3, range: [0, 1.6] },
  { key: 'sound-level', name: names('声级', 'Sound level'), unit: 'dB', decimals: 1, range: [20, 130] },
  { key: 'displacement', name: names('位移', 'Displacement'), unit: 'mm', decimals: 1, range: [-50, 2_000] },
  { key: 'strain', name: names('应变', 'Strain'), unit: 'µε', decimals: 0, range: [-800, 1_500] },
  { key: 'entries-5min', name: names('5 分钟进站', '5 min entries'), unit: '人', decimals: 0, range: [0, 6_000] },
  {
    key: 'entrance-depth',
    name: names('出入口积水', 'Water at the entrance'),
    unit: 'cm',
    decimals: 1,
    range: [0, 200],
  },
  { key: 'beds-free', name: names('空余床位', 'Free beds'), unit: '张', decimals: 0, range: [0, 3_000] },
  { key: 'chlorine', name: names('氯气', 'Chlorine'), unit: 'ppm', decimals: 2, range: [0, 10], detectionLimit: 0.05 },
]

const line = (key: string, name: Names, value: number, level: number): z.input<typeof Threshold> => ({
  key,
  name,
  op: '>=',
  value,
  level,
})
const WARN = names('警戒', 'Warning level')
const GUARD = names('保证', 'Guaranteed level')

const LINES: Readonly<Record<string, readonly z.input<typeof Threshold>[]>> = {
  'riverGauge.water-level': [line('warning', WARN, 24.5, 3), line('guaranteed', GUARD, 26, 1)],
  'brookGauge.water-level': [line('warning', WARN, 28.5, 3), line('guaranteed', GUARD, 30, 1)],
  'reservoir.water-level': [line('flood-limit', names('汛限', 'Flood limit'), 80.5, 2)],
  'underpass.water-depth': [
    { ...line('caution', names('警示线', 'Caution line'), 15, 3), deadband: 1 },
    { ...line('closure', names('封闭线', 'Closure line'), 27, 1), deadband: 2 },
  ],
  'rainGauge.rain-1h': [
    { ...line('heavy', names('达暴雨红色标准的一半', 'Half of the red criterion'), 50, 3), deadband: 5 },
    {
      ...line('red', names('达暴雨红色标准（非预警信号）', 'Red criterion reached (no warning)'), 100, 1),
      deadband: 5,
    },
  ],
  'switchRoom.room-depth': [{ ...line('trip', names('停电线', 'Trip level'), 20, 2), deadband: 1 }],
  'metroStation.entrance-depth': [{ ...line('step', names('挡水线', 'Step level'), 30, 1), deadband: 2 }],
  'slope.displacement': [{ ...line('warning', WARN, 22, 3), deadband: 1 }],
  'chemicalDetector.chlorine': [
    { ...line('low', names('低报', 'Low alarm'), 1, 2), deadband: 0.1 },
    { ...line('high', names('高报', 'High alarm'), 3, 1), deadband: 0.1 },
  ],
  'weatherStation.wind-speed': [{ ...line('gale', names('大风', 'Gale'), 17.2, 3), deadband: 1 }],
}

/** The values of a series that mean something; none for most. */
export const thresholdsOf = ({ thing, kind }: Series): readonly z.input<typeof Threshold>[] =>
  LINES[`${thing.kind}.${kind.property}`] ?? []
