import type { RoadClass } from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import { pathOf, smooth, smoothRing } from '../curve'
import type { Point } from '../curve'
import { ROADS } from '../roads'

/** A planned road: everything that existed before blocks were cut. */
export interface PlanRoad {
  readonly key: string
  readonly name: Names
  readonly class: RoadClass
  readonly line: readonly Point[]
  readonly tunnel?: boolean
}

type Row = readonly [key: string, zh: string, en: string, cls: RoadClass, path: string]

const SECOND_RING =
  '-6350,-900 -6500,700 -6300,2000 -5450,3900 -4300,4900 -2000,5500 600,5550 2900,5250 5000,5400 7000,4300 7900,2700 7550,900 6900,-1050 6550,-2700 5750,-4300 3900,-5450 1000,-6050 -2000,-6100 -4300,-5350 -5950,-4200 -6250,-2900'

/** Roads beside the sixteen old ones: what later plans added, and the country roads that were there before any plan. */
const LATER: readonly Row[] = [
  [
    'xunhe-dadao',
    '巡河大道',
    'Xunhe Avenue',
    'primary',
    '-10500,-1500 -8900,-1250 -7300,-900 -6400,-700 -4900,-250 -3600,400',
  ],
  ['qiaobei-dadao', '桥北大道', 'North Bridge Avenue', 'primary', '2950,-540 3350,-1150 3050,-2300'],
  [
    'keji-dadao',
    '科技大道',
    'Keji Avenue',
    'primary',
    '3250,2250 3900,3300 4850,4450 5900,5900 6500,7000 7400,8600 8300,10500',
  ],
  ['huanhu-lu', '环湖路', 'Lakeside Road', 'secondary', '3980,1800 3700,2650 4400,3250 5300,3350 6100,3760 7000,3600'],
  [
    'dongfeng-dadao',
    '东风大道',
    'Dongfeng Avenue',
    'primary',
    '3650,1000 5000,650 6300,300 7600,250 8950,150 10500,100',
  ],
  [
    'beishan-lu',
    '北山路',
    'Beishan Road',
    'secondary',
    '-5450,3900 -4200,4000 -2900,4350 -1400,4700 -200,5000 1500,5100 2600,5300',
  ],
  ['daxue-lu', '大学路', 'University Road', 'secondary', '800,3450 2000,4250 2500,5300 3300,6300 3850,7000'],
  [
    'xincheng-dadao',
    '新城大道',
    'New Town Avenue',
    'primary',
    '-2250,-3250 -2450,-4500 -2700,-6100 -2500,-7500 -2600,-10500',
  ],
  [
    'nanhu-lu',
    '南湖路',
    'South Lake Road',
    'secondary',
    '-4600,-4400 -3300,-4450 -1800,-4300 -300,-4250 1000,-4350 2250,-4400 4100,-4900',
  ],
  ['gangkou-dadao', '港口大道', 'Harbour Avenue', 'primary', '4300,-4100 5400,-3000 6600,-2550 7600,-2350 8860,-1900'],
  [
    'huagong-dadao',
    '化工大道',
    'Chemical Avenue',
    'primary',
    '5800,-4700 6300,-5500 6900,-6300 7600,-7300 8600,-8400 10500,-9200',
  ],
  [
    'nanjiao-lu',
    '南郊路',
    'South Country Road',
    'secondary',
    '-10500,-7600 -8000,-7000 -5900,-6600 -4500,-6500 -2700,-6900 -1200,-7000 1000,-7300 2900,-7200 5200,-6500 6900,-6300',
  ],
  [
    'jichang-gaosu',
    '机场大道',
    'Airport Avenue',
    'primary',
    '-5300,-6500 -6200,-6400 -6950,-5850 -8500,-5500 -10500,-5900',
  ],
  ['yantou-lu', '岩头路', 'Yantou Road', 'secondary', '-10500,-3000 -9100,-2500 -7600,-2450'],
  [
    'xijiao-lu',
    '西郊路',
    'West Country Road',
    'secondary',
    '-10500,4300 -9000,4250 -7900,4300 -7200,3300 -7000,2000 -7050,800 -7150,-900 -7600,-2450',
  ],
  [
    'shimen-lu',
    '石门路',
    'Shimen Road',
    'secondary',
    '-1600,6900 -2300,7000 -2900,7400 -3050,8000 -2900,8700 -3100,9300 -3300,10500',
  ],
  ['qingshi-lu', '青石路', 'Qingshi Road', 'tertiary', '-6400,6700 -6700,7500 -6300,8400 -6500,9200 -6200,10500'],
  ['meiling-lu', '梅岭路', 'Meiling Road', 'tertiary', '2450,6800 1900,7600 800,8100 500,8900 900,10500'],
  [
    'chazhuang-lu',
    '茶庄路',
    'Tea Estate Road',
    'tertiary',
    '-5350,5700 -4700,6100 -4000,6350 -3200,6500 -2300,6450 -1600,6900',
  ],
  ['donglin-lu', '东林路', 'Donglin Road', 'secondary', '5000,7300 6500,7000 7700,6200 8700,6500 10500,7100'],
  ['dongjiao-lu', '东郊路', 'East Country Road', 'secondary', '7300,4600 8400,3900 9300,3500 10500,3300'],
  [
    'binhe-lu',
    '滨河路',
    'Binhe Road',
    'secondary',
    '-2250,5450 -1700,4850 -1050,4450 -450,3520 420,2500 1240,1720 1350,650',
  ],
  ['xihe-lu', '西河路', 'West Brook Road', 'secondary', '-2700,5300 -1750,4150 -1080,3250 -250,2350 520,1600 700,700'],
  ['renmin-lu', '人民路', 'Renmin Road', 'primary', '-3000,2260 -2650,1400 -2300,750 -2000,-100 -1750,-480'],
  ['shengli-lu', '胜利路', 'Shengli Road', 'secondary', '1900,3250 1980,2200 2080,1330 2200,650 2250,-200'],
  ['huancheng-lu', '环城路', 'City Wall Road', 'secondary', '-1250,1550 -700,2060 -100,2150 330,2020 640,1450'],
  ['changjie', '长街', 'Long Street', 'tertiary', '-950,520 -350,560 250,590 700,640'],
  ['fangzhi-donglu', '纺织东路', 'Fangzhi East Road', 'secondary', '-4900,1300 -4750,2100 -4650,3100 -4700,5100'],
  ['mianfang-lu', '棉纺路', 'Cotton Mill Road', 'secondary', '-7000,1900 -5700,1950 -4750,2000 -4250,1900'],
  ['jinrong-lu', '金融路', 'Jinrong Road', 'primary', '-1750,-2350 -700,-1900 400,-1780 1500,-1900 2650,-2400'],
  [
    'guangming-lu',
    '光明路',
    'Guangming Road',
    'secondary',
    '1300,-850 1150,-1800 1250,-2650 1150,-3800 1000,-5000 900,-6050',
  ],
  [
    'xiangyang-lu',
    '向阳路',
    'Xiangyang Road',
    'secondary',
    '-5700,-4150 -5650,-5200 -6200,-6400 -6050,-8250 -6150,-8880',
  ],
  [
    'nanyuan-lu',
    '南苑路',
    'South Garden Road',
    'secondary',
    '-4450,-5000 -2700,-5350 -800,-5650 900,-5500 2500,-5500 3700,-6200 5200,-6500',
  ],
  ['ganghua-lu', '港华路', 'Ganghua Road', 'secondary', '7600,-4500 7450,-3400 7600,-2350'],
  ['xiangjiang-lu', '香江路', 'Xiangjiang Road', 'secondary', '4650,-1230 4850,-300 5000,650 5050,1280'],
  ['chaoyang-lu', '朝阳路', 'Chaoyang Road', 'secondary', '6200,-730 6300,300 6350,1500'],
  ['gaoxin-lu', '高新路', 'Gaoxin Road', 'secondary', '4900,3950 5800,5000 6900,5600 8200,5600'],
  ['liuyuan-lu', '柳园路', 'Liuyuan Road', 'secondary', '-8850,-300 -7100,150 -5900,300 -4800,550 -3800,650'],
  ['liuyin-lu', '柳荫路', 'Liuyin Road', 'secondary', '-5600,-2750 -5500,-1600 -5400,-400 -5700,1150'],
  ['hangkong-lu', '航空路', 'Hangkong Road', 'secondary', '-6900,-4600 -7800,-4500 -8900,-5450'],
  ['nantang-jie', '南塘老街', 'Nantang Old Street', 'tertiary', '2280,-4450 1850,-4000 1450,-3820'],
  ['xinhua-lu', '新华路', 'Xinhua Road', 'secondary', '-3500,3300 -2700,3550 -1500,3700 -200,3950 900,3700 1800,3270'],
]

const CLASS = { ring: 'trunk', arterial: 'primary', street: 'secondary' } as const

/** The road tunnel under the river, from the old town to the new centre. */
const TUNNEL: PlanRoad = {
  key: 'jiefang-suidao',
  name: { 'zh-CN': '解放路隧道', en: 'Jiefang Tunnel' },
  class: 'primary',
  tunnel: true,
  line: smooth(
    [
      [330, 1_450],
      [300, 300],
      [380, -900],
      [400, -1_780],
    ],
    120,
  ),
}

/** All planned roads but motorways, the important ones first. */
export const PLAN_ROADS: readonly PlanRoad[] = [
  ...ROADS.map(({ key, name, grade, line }): PlanRoad => ({ key, name, class: CLASS[grade], line })),
  {
    key: 'erhuan',
    name: { 'zh-CN': '二环路', en: 'Second Ring' },
    class: 'trunk',
    line: smoothRing(pathOf(SECOND_RING), 150),
  },
  ...LATER.map(
    ([key, zh, en, cls, path]): PlanRoad => ({
      key,
      name: { 'zh-CN': zh, en },
      class: cls,
      line: smooth(pathOf(path), 140),
    }),
  ),
]

export const ROAD_TUNNEL = TUNNEL
