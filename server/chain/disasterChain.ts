import type { Names } from '@/domain/ids'

/** An event of the chain. What would confirm or kill it, and the department that should look. */
export interface ChainNode {
  readonly key: string
  readonly name: Names
  readonly confirmedBy: Names
  readonly looks: string
}

/** `weight` is a prior of experts until it is counted from a city's own events. Minutes. */
export interface ChainEdge {
  readonly from: string
  readonly to: string
  readonly lagMinutes: number
  readonly weight: number
}

// key | 名称 | name | 证实的观测 | what confirms it | department
const NODES = `
RAIN|短时强降雨|Heavy rain|雨量站 1 小时雨量|hourly rain of the gauges|QX
LIGHTNING|雷电|Lightning|闪电定位|lightning location|QX
WIND|大风|Gale|风速站阵风|gusts of the wind stations|QX
FOG|大雾|Fog|能见度仪|visibility|QX
HEAT|高温|Heat|气温站|air temperature|QX
SNOWICE|雨雪冰冻|Snow and ice|路面温度|road temperature|QX
TYPHOON|台风|Typhoon|台风路径|track of the typhoon|QX
QUAKE|地震|Earthquake|地震台网|seismic network|YJ
PONDING|内涝积水|Ponding|水位计和 12345 来电|depth gauges and calls|CG
UNDERPASS|下穿淹没|Underpass flooded|下穿水位计和视频|gauge and video of the underpass|CG
BASEMENT|地下空间进水|Basement flooded|物业报告|report of the owner|ZJ
METRO_IN|地铁进水|Water in the metro|出入口水位和视频|depth and video of the entrances|DT
RIVER_HIGH|河道超警|River above warning|水位站|river gauge|SL
BACKFLOW|排口倒灌|Backflow|排口水位差|head across the outfall|CG
DIKE|堤防险情|Dike in danger|巡堤报告|patrol of the dike|SL
RESERVOIR|水库险情|Reservoir in danger|库水位|level of the reservoir|SL
FLASHFLOOD|山洪|Flash flood|山洪预警站|flash flood station|SL
LANDSLIDE|滑坡泥石流|Landslide|位移监测|displacement|ZR
COLLAPSE|塌陷倒塌|Collapse|现场核实|a look on site|ZJ
POWER|停电|Power failure|负荷骤降|drop of the load|GD
SUBSTATION|变配电站进水|Substation flooded|站内水位|depth in the station|GD
PUMPSTOP|泵站失效|Pumps stopped|泵站流量|flow of the pumps|CG
WATERCUT|停水|Water cut|管网压力|pressure of the network|GS
WATERPOLL|水源污染|Source polluted|水质监测|water quality|HJ
GAS|燃气泄漏|Gas leak|可燃气体浓度|gas concentration|RQ
COMMS|通信中断|Telecom failure|基站退服|base stations lost|GX
HEATCUT|供热中断|Heating cut|管网温度|temperature of the network|CG
TRAFFIC|交通瘫痪|Traffic at a stop|路段车速|speeds on the roads|JJ
RAILSTOP|铁路航空停运|Trains and flights stopped|运行通告|notice of the operator|JT
METRO_STOP|地铁停运|Metro stopped|行车调度通告|notice of metro control|DT
CHEM|危化品泄漏|Chemical leak|厂界浓度|concentration at the fence|XF
PLUME|毒云扩散|Toxic cloud|下风向浓度|concentration downwind|HJ
FIRE|火灾爆炸|Fire or explosion|119 来电和视频|calls to 119 and video|XF
CROWD|人群滞留|Crowd stranded|客流和视频|counts and video|GA
HOSPITAL|医院功能受损|Hospital impaired|医院供电供水报告|power and water of the hospital|WJ
CASUALTY|人员被困伤亡|People trapped or hurt|119、120 来电|calls to 119 and 120|XF
EVAC|转移安置|Evacuation|街道报告|report of the street|QXZ
SUPPLY|物资短缺|Shortage|市场价格和库存|prices and stocks|SW
EPIDEMIC|疫情|Epidemic|症状监测|symptom surveillance|JK
OPINION|舆情恐慌|Alarm of the public|舆情监测|media watch|XC`

// from>to|lag in minutes|weight
const EDGES = `
RAIN>PONDING|20|.95 RAIN>LIGHTNING|0|.5 RAIN>FLASHFLOOD|60|.8 TYPHOON>RAIN|180|.9 TYPHOON>WIND|360|.95
WIND>POWER|30|.5 WIND>COLLAPSE|10|.3 LIGHTNING>POWER|1|.4 LIGHTNING>FIRE|5|.1 RAIN>RIVER_HIGH|180|.7
RIVER_HIGH>BACKFLOW|0|.8 BACKFLOW>PONDING|30|.9 RIVER_HIGH>DIKE|360|.3 DIKE>PONDING|30|.95 RESERVOIR>RIVER_HIGH|60|.9
RESERVOIR>EVAC|0|.9 FLASHFLOOD>CASUALTY|15|.7 FLASHFLOOD>COMMS|30|.5 LANDSLIDE>TRAFFIC|0|.7 LANDSLIDE>CASUALTY|0|.6
PONDING>UNDERPASS|15|.9 UNDERPASS>CASUALTY|20|.6 UNDERPASS>TRAFFIC|5|.9 PONDING>TRAFFIC|10|.9 PONDING>BASEMENT|30|.8
BASEMENT>SUBSTATION|20|.7 BASEMENT>CASUALTY|20|.3 PONDING>METRO_IN|30|.5 METRO_IN>METRO_STOP|10|.95
METRO_IN>CASUALTY|30|.5 METRO_STOP>CROWD|10|.6 METRO_STOP>TRAFFIC|20|.6 PONDING>SUBSTATION|40|.4 SUBSTATION>POWER|0|.9
POWER>PUMPSTOP|0|.7 PUMPSTOP>PONDING|10|.95 POWER>WATERCUT|120|.8 POWER>COMMS|240|.8 POWER>HOSPITAL|180|.4
POWER>METRO_STOP|0|.6 POWER>TRAFFIC|0|.7 POWER>CROWD|20|.3 COMMS>OPINION|120|.6 COMMS>EVAC|0|.6 PONDING>COLLAPSE|360|.3
COLLAPSE>GAS|0|.3 QUAKE>COLLAPSE|0|.7 QUAKE>GAS|0|.5 QUAKE>POWER|0|.7 QUAKE>LANDSLIDE|0|.5 QUAKE>CHEM|0|.2
GAS>FIRE|10|.3 CHEM>PLUME|0|.9 CHEM>FIRE|5|.4 CHEM>WATERPOLL|30|.5 PLUME>CASUALTY|5|.7 PLUME>EVAC|0|.9
PLUME>TRAFFIC|5|.7 FIRE>PLUME|5|.5 PONDING>CHEM|120|.1 WATERPOLL>WATERCUT|120|.8 WATERCUT>HOSPITAL|360|.3
WATERCUT>OPINION|120|.5 HEAT>POWER|4320|.3 HEAT>CASUALTY|1440|.4 SNOWICE>TRAFFIC|60|.8 SNOWICE>POWER|360|.4
SNOWICE>HEATCUT|1440|.2 FOG>TRAFFIC|0|.7 TRAFFIC>HOSPITAL|30|.4 TRAFFIC>SUPPLY|720|.5 RAILSTOP>CROWD|120|.6
RAIN>RAILSTOP|30|.5 EVAC>SUPPLY|360|.6 EVAC>EPIDEMIC|4320|.2 PONDING>EPIDEMIC|4320|.2 EPIDEMIC>HOSPITAL|10080|.6
EPIDEMIC>SUPPLY|2880|.6 CASUALTY>OPINION|30|.9 OPINION>SUPPLY|180|.4`

/** Events of a river city's disaster chain. */
export const CHAIN_NODES: readonly ChainNode[] = NODES.trim()
  .split('\n')
  .map((line) => {
    const [key = '', zh = '', en = '', sees = '', seen = '', looks = ''] = line.split('|')
    return { key, name: { 'zh-CN': zh, en }, confirmedBy: { 'zh-CN': sees, en: seen }, looks }
  })

/** Which event brings about which. */
export const CHAIN_EDGES: readonly ChainEdge[] = EDGES.trim()
  .split(/\s+/)
  .map((text) => {
    const [ends = '', lag = '', weight = ''] = text.split('|')
    const [from = '', to = ''] = ends.split('>')
    return { from, to, lagMinutes: Number(lag), weight: Number(weight) }
  })
