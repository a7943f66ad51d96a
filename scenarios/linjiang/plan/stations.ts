import type { Names } from '@/domain/ids'
import type { Point } from '../curve'

/** A station of the works: pumps at the water, substations in the quarters. */
export interface StationSite {
  readonly key: string
  readonly name: Names
  readonly at: Point
}

const PUMPS =
  '和平Heping:-1180,90 北闸Beizha:1330,420 解放路Jiefang:150,200 纺织Fangzhi:-5300,-2330 东湖East-Lake:4050,2150 南塘Nantang:2750,-2150 柳营Liuying:-6700,-2150 沟口Brook-Mouth:1650,260 东码头East-Quay:4250,-900 工农Gongnong:-2250,-2750 上渡Upper-Ferry:-6200,-3900 港口Harbour:6700,-2150 老城Old-Town:620,1980 桥头Bridgehead:-420,2850 北门North-Gate:-620,3320 溪畔Brookside:-1450,4100 北坡North-Slope:-1900,5000 山脚Hill-Foot:-2450,5600 湖南Lake-South:5600,1480 湖东Lake-East:6950,2350 湖北Lake-North:5400,3300 东新East-New-Town:7300,-100 金融城Finance-City:400,-1000 江右Jiangyou:-1500,-1900 岸头Bankhead:-3700,-2300 新城New-Town:-3800,-3700 港西Harbour-West:4700,-2600 化工园Chemical-Park:7600,-1500'
const SUBSTATIONS =
  '柳营Liuying:-6950,-350 老城Old-Town:250,1150 北山Beishan:-450,5650 东湖East-Lake:7150,3850 南塘Nantang:2100,-5250 江右Jiangyou:-300,-3050 纺织城Fangzhi:-5150,2150 港口Harbour:6950,-3150 柳西Willow-West:-7400,900 岸头Bankhead:-4450,-1380 人民路Renmin-Road:-2300,1100 站前Station:-2600,2100 北门North-Gate:-200,3350 溪畔Brookside:-2600,3900 纺北Mill-North:-4500,4200 学府Academy:1000,4200 大学城University:2200,5400 岭口Hill-Gate:4640,6420 高新High-Tech:5200,4700 科技园Tech-Works:7000,5700 东码头East-Quay:3600,400 湖南Lake-South:5600,800 东新East-New-Town:7300,1500 金融城Finance-City:400,-1950 新城New-Town:-2500,-4900 工农Gongnong:-4100,-4200 港西Harbour-West:5000,-3700 化工园Chemical-Park:7300,-6200'

const parse = (text: string, prefix: string): StationSite[] =>
  text.split(' ').map((item, i) => {
    const [head, place] = item.split(':')
    const zh = /^[^A-Z]+/.exec(head!)![0]
    const [x, y] = place!.split(',').map(Number)
    return {
      key: `${prefix}-${i + 1}`,
      name: { 'zh-CN': zh, en: head!.slice(zh.length).replaceAll('-', ' ') },
      at: [x!, y!],
    }
  })

const named = (site: StationSite, zh: string, en: string, before = ''): StationSite => ({
  ...site,
  name: { 'zh-CN': `${before}${site.name['zh-CN']}${zh}`, en: `${site.name.en} ${before}${en}` },
})

export const PUMP_SITES: readonly StationSite[] = parse(PUMPS, 'pump').map((site) =>
  named(site, '泵站', 'pump station'),
)
export const SUBSTATION_SITES: readonly StationSite[] = parse(SUBSTATIONS, 'substation').map((site) =>
  named(site, '变电站', 'substation', '110 kV '),
)
