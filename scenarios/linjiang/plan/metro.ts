import type { Names } from '@/domain/ids'
import { smooth } from '../curve'
import type { Point } from '../curve'

export interface MetroStation {
  readonly name: Names
  readonly at: Point
}
export interface MetroLine {
  readonly key: string
  readonly name: Names
  readonly stations: readonly MetroStation[]
  readonly line: readonly Point[]
}

const STATIONS =
  '纺织城Textile-City:-5450,3050 棉纺路Cotton-Mill:-4950,2150 临江站Linjiang-Railway-Station:-2550,2480 人民路Renmin-Road:-2350,1150 中山路Zhongshan-Road:-1250,760 和平路Heping-Road:-980,420 老城Old-Town:150,780 解放路Jiefang-Road:380,1500 北闸Beizha:1650,1450 大教堂Cathedral:2100,820 东码头East-Quay:3700,350 湖南Lake-South:5050,900 东湖公园East-Lake-Park:6350,1400 东新East-New-Town:7450,1400 东镇East-Town:8700,1900 金融城Finance-City:300,-1800 金融西Finance-West:-850,-2000 光明路Guangming-Road:1150,-2650 江右Jiangyou:-600,-3100 南园South-Garden:-2400,-4500 新城New-Town:-2600,-5900 南镇South-Town:-1300,-7000 南塘Nantang:2400,-4700 老街Old-Street:1750,-3700 南郊South-Edge:2700,-6300 弯头The-Bend:3650,-2900 港区Harbour:6900,-2500 港西Harbour-West:5150,-3300 化工园Chemical-Park:7000,-6000 柳营Liuying:-5800,200 柳西Willow-West:-7000,-500 西镇West-Works:-7700,1000 铁东路Tiedong-Road:-3350,1300 岸头Bankhead:-4600,-1500 工农路Gongnong-Road:-4300,-4350 机场大道Airport-Avenue:-6350,-6300 临江机场Linjiang-Airport:-6300,-8820 上渡Upper-Ferry:-6150,-4650 北门North-Gate:-250,3350 学府路Academy:950,4000 大学城University:2200,5300 岭口Hill-Gate:4500,6500 高新High-Tech:5100,4700 科技园Tech-Works:6800,5600 湖北Lake-North:3900,3500 北坡North-Slope:-900,4900 山脚Hill-Foot:-2500,5900 北镇North-Town:-5500,6200 纺北Mill-North:-4450,4250 溪畔Brookside:-2600,3800 北环North-Ring:-1300,6500'

/** Lines by the first words of their stations. The second runs from the mills to Nantang. */
const LINES: readonly (readonly [string, string])[] = [
  ['1', '西镇 柳西 柳营 铁东路 人民路 中山路 和平路 老城 大教堂 东码头 湖南 东湖公园 东新 东镇'],
  ['2', '纺织城 棉纺路 临江站 中山路 金融城 光明路 老街 南塘 南郊'],
  ['3', '北环 北坡 北门 解放路 老城 金融城 江右 南园 新城 南镇'],
  ['4', '北镇 纺北 溪畔 北门 学府路 湖北 高新 科技园'],
  ['5', '临江机场 机场大道 上渡 工农路 南园 江右 金融西 光明路 弯头 港西 港区'],
  ['6', '岸头 铁东路 临江站 溪畔 山脚 北坡 大学城 高新 东湖公园'],
]

const PLACES = new Map(
  STATIONS.split(' ').map((text): [string, MetroStation] => {
    const [head, place] = text.split(':')
    const zh = /^[^A-Z]+/.exec(head!)![0]
    const [x, y] = place!.split(',').map(Number)
    return [zh, { name: { 'zh-CN': zh, en: head!.slice(zh.length).replaceAll('-', ' ') }, at: [x!, y!] }]
  }),
)

export const METRO_STATIONS: readonly MetroStation[] = [...PLACES.values()]

export const METRO_LINES: readonly MetroLine[] = LINES.map(([no, text]) => {
  const stations = text.split(' ').map((zh) => PLACES.get(zh)!)
  return {
    key: `metro-${no}`,
    name: { 'zh-CN': `${no}号线`, en: `Line ${no}` },
    stations,
    line: smooth(
      stations.map(({ at }) => at),
      150,
    ),
  }
})

export const METRO_DEPOT: MetroStation = {
  name: { 'zh-CN': '西镇车辆段', en: 'West Works Depot' },
  at: [-7_950, 2_050],
}
