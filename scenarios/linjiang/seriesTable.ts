import type { SeriesKind, TruthInput } from './series'
import { between2 } from './truth'

/** Two rushes and a quiet night, 0 to 1. */
export const rush = (hour: number): number =>
  0.18 +
  0.62 * Math.exp(-(((hour - 8.1) / 1.5) ** 2)) +
  0.7 * Math.exp(-(((hour - 17.9) / 1.8) ** 2)) +
  (hour > 6 && hour < 22 ? 0.24 : 0)

/** Load of a quarter by the hour, 0.5 to 1. */
export const demand = (hour: number): number =>
  0.62 +
  0.2 * Math.exp(-(((hour - 11) / 3.2) ** 2)) +
  0.27 * Math.exp(-(((hour - 20) / 2.6) ** 2)) -
  0.1 * Math.exp(-(((hour - 4) / 2.4) ** 2))

export const hourRain = ({ wet, at }: TruthInput): number => between2(wet.hourRain, at)
export const swellOf = ({ wet, at }: TruthInput): number => between2(wet.swell, at)

/** Two feeders of 柳营 trip at 17:14 and come back at 18:40: its load is a true zero. */
const tripped = ({ thing, hour }: TruthInput): boolean => thing.key === 'substation-1' && hour >= 17.24 && hour < 18.67

const waterLevel =
  (rest: number, rise: number) =>
  (input: TruthInput): number =>
    rest + input.thing.size * 0.4 + rise * swellOf(input) + 0.03 * input.sway

export const WATER_AND_ROADS: readonly SeriesKind[] = [
  {
    property: 'water-level',
    of: 'riverGauge',
    feed: 'water',
    periodSeconds: 60,
    quantum: 0.01,
    deviation: 0.008,
    truth: waterLevel(22.6, 1.7),
  },
  {
    property: 'discharge',
    of: 'riverGauge',
    feed: 'water',
    periodSeconds: 300,
    quantum: 10,
    deviation: 40,
    truth: (i) => 9_200 + 2_600 * swellOf(i) + 120 * i.sway,
  },
  {
    property: 'water-level',
    of: 'brookGauge',
    feed: 'water',
    periodSeconds: 60,
    quantum: 0.01,
    deviation: 0.01,
    truth: waterLevel(25.2, 3.4),
  },
  {
    property: 'water-level',
    of: 'reservoir',
    feed: 'water',
    periodSeconds: 300,
    quantum: 0.01,
    deviation: 0.005,
    truth: waterLevel(78.1, 6.5),
  },
  {
    property: 'rain-5min',
    of: 'rainGauge',
    feed: 'rain',
    periodSeconds: 60,
    quantum: 0.2,
    deviation: 0.05,
    exactZero: true,
    truth: ({ wet, at }) => between2(wet.rain, at),
  },
  {
    property: 'rain-1h',
    of: 'rainGauge',
    feed: 'rain',
    periodSeconds: 300,
    quantum: 0.2,
    deviation: 0.1,
    exactZero: true,
    truth: hourRain,
  },
  {
    property: 'water-depth',
    of: 'underpass',
    feed: 'underpasses',
    periodSeconds: 10,
    quantum: 0.5,
    deviation: 0.25,
    exactZero: true,
    truth: ({ wet, at }) => between2(wet.standing, at),
  },
  {
    property: 'sump-level',
    of: 'pumpStation',
    feed: 'pumps',
    periodSeconds: 30,
    quantum: 0.01,
    deviation: 0.015,
    truth: (i) => 1.35 + 0.032 * hourRain(i) + 0.12 * i.sway,
  },
  {
    property: 'pumps-running',
    of: 'pumpStation',
    feed: 'pumps',
    periodSeconds: 30,
    quantum: 1,
    deviation: 0,
    truth: (i) => Math.min(6, Math.floor(hourRain(i) / 9)),
  },
  {
    property: 'pm25',
    of: 'airStation',
    feed: 'air',
    periodSeconds: 300,
    quantum: 1,
    deviation: 1.6,
    truth: (i) => Math.max(4, 46 * i.thing.size - 0.5 * hourRain(i) + 9 * i.sway),
  },
  {
    property: 'so2',
    of: 'airStation',
    feed: 'air',
    periodSeconds: 300,
    quantum: 1,
    deviation: 0.8,
    truth: (i) => Math.max(0, 4.2 * i.thing.size + 1.1 * i.sway),
  },
  {
    property: 'speed',
    of: 'roadLoop',
    feed: 'traffic',
    periodSeconds: 60,
    quantum: 1,
    deviation: 2.2,
    truth: (i) => Math.max(4, (58 - 26 * rush(i.hour)) * (1 - Math.min(0.72, hourRain(i) / 110)) + 2.5 * i.sway),
  },
  {
    property: 'flow',
    of: 'roadLoop',
    feed: 'traffic',
    periodSeconds: 300,
    quantum: 12,
    deviation: 45,
    truth: (i) =>
      Math.max(0, 2_050 * i.thing.size * rush(i.hour) * (1 - Math.min(0.8, hourRain(i) / 130)) + 60 * i.sway),
  },
  {
    property: 'load',
    of: 'substation',
    feed: 'power',
    periodSeconds: 15,
    quantum: 0.1,
    deviation: 0.35,
    exactZero: true,
    truth: (i) => (tripped(i) ? 0 : 47 * i.thing.size * demand(i.hour) + 0.8 * i.sway),
  },
  {
    property: 'temperature',
    of: 'weatherStation',
    feed: 'weather',
    periodSeconds: 60,
    quantum: 0.1,
    deviation: 0.08,
    truth: (i) => 27.4 + 4.2 * Math.sin(((i.hour - 9) / 24) * 2 * Math.PI) - 0.055 * hourRain(i) + 0.4 * i.sway,
  },
  {
    property: 'wind-speed',
    of: 'weatherStation',
    feed: 'weather',
    periodSeconds: 60,
    quantum: 0.1,
    deviation: 0.5,
    truth: (i) => Math.max(0, 3.1 + 0.11 * hourRain(i) + 0.9 * i.sway),
  },
]
