import type { Names } from '@/domain/ids'
import type { Point } from './curve'

/** A district around whose middle its gauges and air stations stand. */
export interface GaugedDistrict {
  readonly key: string
  readonly name: Names
  readonly label: Point
}

const district = (key: string, zh: string, en: string, label: Point): GaugedDistrict => ({
  key,
  name: { 'zh-CN': zh, en },
  label,
})

/** The six old districts have gauges of their own; the younger six are measured from there. */
export const DISTRICTS: readonly GaugedDistrict[] = [
  district('jiangzuo', '江左区', 'Jiangzuo', [-700, 2_500]),
  district('liuying', '柳营区', 'Liuying', [-6_300, 300]),
  district('beishan', '北山区', 'Beishan', [-600, 6_900]),
  district('donghu', '东湖区', 'Donghu', [5_900, 4_800]),
  district('jiangyou', '江右区', 'Jiangyou', [300, -3_300]),
  district('nantang', '南塘区', 'Nantang', [2_600, -6_300]),
]
