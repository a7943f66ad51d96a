import { pathOf, smooth, smoothRing } from '../curve'
import type { Point } from '../curve'
import type { Names } from '@/domain/ids'

/** A line of the plan that streets may not simply cross: motorways and railways run in a corridor of their own. */
export interface Corridor {
  readonly key: string
  readonly name: Names
  readonly kind: 'motorway' | 'rail'
  readonly line: readonly Point[]
  /** Half of the corridor, metres. */
  readonly half: number
  readonly ref?: string
}

const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

const motorway = (key: string, name: Names, ref: string, line: readonly Point[]): Corridor => ({
  key,
  name,
  kind: 'motorway',
  line,
  half: 34,
  ref,
})
const rail = (key: string, name: Names, half: number, path: string): Corridor => ({
  key,
  name,
  kind: 'rail',
  line: smooth(pathOf(path), 120),
  half,
})

/** The motorways: a ring around the city and four arms that leave it. */
export const MOTORWAYS: readonly Corridor[] = [
  motorway(
    'raocheng',
    names('绕城高速', 'Ring Motorway'),
    'G91',
    smoothRing(
      pathOf(
        '-9150,-3600 -8950,-900 -8750,1600 -8150,4300 -6700,6250 -4300,7000 -1500,7350 2200,7750 5500,7350 8200,5600 9150,3000 8950,400 8850,-2000 8500,-4900 6500,-7700 2200,-8550 -2500,-8650 -6400,-8200 -8600,-6200',
      ),
      140,
    ),
  ),
  motorway('linbei', names('临北高速', 'Linbei Motorway'), 'S7', smooth(pathOf('3900,7640 3300,8700 3500,10400'), 140)),
  motorway('linxi', names('临西高速', 'Linxi Motorway'), 'S12', smooth(pathOf('-8830,500 -9500,640 -10500,500'), 140)),
  motorway('linnan', names('临南高速', 'Linnan Motorway'), 'S9', smooth(pathOf('300,-8680 500,-9300 300,-10500'), 140)),
  motorway(
    'lindong',
    names('临东高速', 'Lindong Motorway'),
    'S15',
    smooth(pathOf('8860,-1300 9500,-1500 10500,-1300'), 140),
  ),
]

/** The railway: the main line by the station, the southern line over the river, and what serves yard, mill and harbour. */
export const RAILWAYS: readonly Corridor[] = [
  rail(
    'main',
    names('临北铁路', 'Linbei Railway'),
    26,
    '-10500,2900 -8700,2950 -7000,2620 -5400,2480 -4000,2560 -2600,2640 -1200,2800 300,2860 1700,2700 3050,3000 4400,3560 6000,4220 7700,4700 10500,5700',
  ),
  rail(
    'south',
    names('临南铁路', 'Linnan Railway'),
    18,
    '-4500,2520 -3960,1950 -3800,900 -3980,-500 -4650,-2100 -5000,-3350 -5080,-4600 -4850,-5700 -4450,-7000 -4700,-8700 -4500,-10500',
  ),
  rail('mill', names('纺织专用线', 'Mill Siding'), 14, '-6900,2610 -6350,2950 -6050,3900 -5700,4500 -4900,4900'),
  rail(
    'harbour',
    names('港口铁路', 'Harbour Railway'),
    16,
    '-4860,-5660 -4300,-6000 -2700,-5500 -800,-5150 1000,-5050 2500,-4850 4100,-4350 5800,-3550 7300,-3050 8200,-2700',
  ),
]

export const CORRIDORS: readonly Corridor[] = [...MOTORWAYS, ...RAILWAYS]
