import type { Names } from '@/domain/ids'
import type { Point } from '../curve'

/** The twelve districts: where their office is, how far they reach compared with others, how many streets they have. */
export interface DistrictPlan {
  readonly code: string
  readonly key: string
  readonly name: Names
  readonly at: Point
  /** Metres that its border is pushed outward (or, below 0, drawn in). */
  readonly push: number
  readonly streets: number
  /** North of the river, south of it. */
  readonly bank: 'north' | 'south'
}

/** No real place has this code: 99 is no province. */
export const CITY_CODE = '990100'

type Row = readonly [
  key: string,
  zh: string,
  en: string,
  at: Point,
  bank: 'north' | 'south',
  push: number,
  streets: number,
]

const ROWS: readonly Row[] = [
  ['jiangzuo', '江左区', 'Jiangzuo', [-300, 1_500], 'north', 300, 12],
  ['liuying', '柳营区', 'Liuying', [-5_800, -300], 'north', 0, 10],
  ['beishan', '北山区', 'Beishan', [-1_300, 5_600], 'north', 500, 8],
  ['donghu', '东湖区', 'Donghu', [5_700, 2_000], 'north', 0, 9],
  ['jiangyou', '江右区', 'Jiangyou', [300, -2_500], 'south', -200, 10],
  ['nantang', '南塘区', 'Nantang', [2_500, -5_400], 'south', -200, 8],
  ['fangcheng', '纺城区', 'Fangcheng', [-5_500, 3_500], 'north', -100, 8],
  ['gaoxin', '高新区', 'Gaoxin', [5_600, 6_000], 'north', -100, 7],
  ['gangdong', '港东区', 'Gangdong', [6_800, -4_300], 'south', 0, 6],
  ['xincheng', '新城区', 'Xincheng', [-2_900, -5_200], 'south', 0, 7],
  ['konggang', '空港区', 'Konggang', [-7_300, -6_600], 'south', 200, 4],
  ['shimen', '石门县', 'Shimen', [-4_300, 8_600], 'north', 0, 2],
]

export const DISTRICT_PLANS: readonly DistrictPlan[] = ROWS.map(([key, zh, en, at, bank, push, streets], i) => ({
  code: `9901${String(i + 1).padStart(2, '0')}`,
  key,
  name: { 'zh-CN': zh, en },
  at,
  push,
  streets,
  bank,
}))
