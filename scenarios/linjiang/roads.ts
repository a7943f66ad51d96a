import type { Names } from '@/domain/ids'
import { smooth, smoothRing } from './curve'
import type { Point } from './curve'

/**
 * The invented city of Linjiang: a port that grew on the north bank of a bend, crossed the river with two bridges, and
 * filled the valley of a brook. Metres east and north of the old ferry.
 */
export interface Road {
  readonly key: string
  readonly name: Names
  readonly grade: 'ring' | 'arterial' | 'street'
  readonly line: readonly Point[]
}

const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

export const road = (key: string, name: Names, points: readonly Point[], grade: Road['grade'] = 'arterial'): Road => ({
  key,
  name,
  grade,
  line: grade === 'ring' ? smoothRing(points, 160) : smooth(points, 160),
})

export const ROADS: readonly Road[] = [
  road(
    'neihuan',
    names('内环', 'Inner Ring'),
    [
      [-3_300, 1_900],
      [-2_050, 3_050],
      [-250, 3_500],
      [1_900, 3_250],
      [3_250, 2_250],
      [3_650, 600],
      [3_350, -1_150],
      [2_950, -2_900],
      [1_450, -3_800],
      [-650, -3_750],
      [-2_250, -3_250],
      [-2_900, -2_450],
      [-3_600, -500],
    ],
    'ring',
  ),
  road('linjiang-dadao', names('临江大道', 'Linjiang Avenue'), [
    [-7_600, -2_450],
    [-5_300, -2_850],
    [-3_600, -2_350],
    [-2_250, -880],
    [-700, 210],
    [1_200, 330],
    [2_950, -540],
    [4_650, -1_230],
    [6_200, -730],
    [7_700, 900],
    [9_700, 1_800],
  ]),
  road('jianshe-dadao', names('建设大道', 'Jianshe Avenue'), [
    [-8_200, 800],
    [-5_900, 1_150],
    [-3_350, 1_350],
    [-1_300, 1_550],
    [700, 1_450],
    [2_600, 1_250],
    [3_650, 1_000],
    [5_900, 1_050],
    [8_200, 2_300],
  ]),
  road('heping-lu', names('和平路', 'Heping Road'), [
    [-1_600, 6_900],
    [-1_350, 5_200],
    [-1_550, 3_250],
    [-1_250, 1_550],
    [-950, 180],
    [-850, -1_050],
    [-700, -2_300],
    [-600, -3_750],
    [-900, -5_600],
    [-1_250, -7_400],
  ]),
  road('jiefang-lu', names('解放路', 'Jiefang Road'), [
    [150, 250],
    [330, 1_450],
    [520, 2_350],
    [800, 3_450],
    [1_500, 5_100],
    [2_450, 6_800],
  ]),
  road('zhongshan-lu', names('中山路', 'Zhongshan Road'), [
    [-3_450, 650],
    [-2_300, 750],
    [-1_100, 780],
    [200, 820],
    [1_400, 900],
    [2_500, 550],
    [3_600, 350],
    [4_930, 210],
  ]),
  road('wenchang-dadao', names('文昌大道', 'Wenchang Avenue'), [
    [-7_900, 4_300],
    [-5_700, 3_700],
    [-3_800, 3_350],
    [-2_150, 2_950],
    [-450, 4_450],
    [1_250, 4_500],
    [3_100, 4_100],
    [4_900, 3_950],
    [7_300, 4_600],
  ]),
  road('beizha-lu', names('北闸路', 'Beizha Road'), [
    [1_350, 650],
    [1_700, 1_850],
    [2_250, 2_950],
    [3_050, 4_100],
    [4_100, 5_600],
    [5_000, 7_300],
  ]),
  road('donghu-lu', names('东湖路', 'Donghu Road'), [
    [3_250, 2_250],
    [4_000, 1_800],
    [5_050, 1_280],
    [6_350, 1_500],
    [7_350, 2_500],
    [7_200, 3_500],
    [6_600, 3_980],
    [6_000, 5_000],
  ]),
  road('tiedong-lu', names('铁东路', 'Tiedong Road'), [
    [-6_400, 6_700],
    [-4_700, 5_100],
    [-3_500, 3_300],
    [-3_150, 1_300],
    [-3_450, -600],
    [-4_300, -2_600],
    [-4_600, -4_400],
    [-5_300, -6_500],
  ]),
  road('zhanqian-lu', names('站前路', 'Zhanqian Road'), [
    [-3_700, 2_350],
    [-2_900, 2_250],
    [-2_000, 2_200],
    [-1_250, 2_360],
    [-900, 2_480],
    [-880, 3_560],
  ]),
  road('gongnong-lu', names('工农路', 'Gongnong Road'), [
    [-6_900, -4_600],
    [-4_600, -4_450],
    [-2_300, -3_300],
    [-600, -2_850],
    [1_300, -2_650],
    [2_950, -2_750],
    [4_900, -3_300],
    [7_400, -2_500],
  ]),
  road('nantang-dadao', names('南塘大道', 'Nantang Avenue'), [
    [2_900, -1_000],
    [2_600, -2_700],
    [2_250, -4_400],
    [2_500, -6_000],
    [3_100, -7_600],
  ]),
  road('fangzhi-xilu', names('纺织西路', 'Fangzhi West Road'), [
    [-5_850, 1_150],
    [-5_500, 2_500],
    [-5_750, 3_700],
    [-5_350, 5_700],
  ]),
  road('liuying-lu', names('柳营路', 'Liuying Road'), [
    [2_950, -2_900],
    [4_300, -4_100],
    [5_800, -4_700],
    [7_600, -4_500],
    [9_200, -5_000],
  ]),
  road('yanjiang-nanlu', names('沿江南路', 'South Bank Road'), [
    [-6_900, -4_150],
    [-4_700, -4_150],
    [-2_700, -3_250],
    [-1_350, -1_750],
    [-300, -980],
    [1_250, -900],
    [2_700, -1_850],
    [4_500, -2_550],
    [6_400, -2_000],
    [7_600, -600],
  ]),
]
