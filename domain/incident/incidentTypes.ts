import type { Names } from '../ids'

/** Criteria by which the statutory level of a type is read; see incidentLevel.ts. */
export type LevelRule = 'accident' | 'geology' | 'quake' | 'environment' | 'health' | 'crowd' | 'city'
export type ReportRule = 'general' | 'workSafety' | 'health' | 'environment'

export interface IncidentType {
  readonly code: string
  readonly name: Names
  /** Code of the department that leads, and of those that support. */
  readonly lead: string
  readonly support: readonly string[]
  readonly levelRule: LevelRule
  readonly reportRule: ReportRule
  /** Node of the disaster-chain graph, where the type is one. */
  readonly node?: string
}

interface Row {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly lead: string
  readonly support?: string
  readonly level?: LevelRule
  readonly report?: ReportRule
  readonly node?: string
}

const rows: readonly Row[] = [
  { code: '11A01', zh: '洪水', en: 'River flood', lead: 'SL', support: 'YJ QX QXZ JD GA', node: 'RIVER_HIGH' },
  { code: '11A02', zh: '内涝', en: 'Urban flooding', lead: 'CG', support: 'SL JJ XF ZJ YJ QXZ', node: 'PONDING' },
  { code: '11A51', zh: '山洪', en: 'Flash flood', lead: 'QXZ', support: 'SL YJ ZR XF', node: 'FLASHFLOOD' },
  { code: '11B01', zh: '台风', en: 'Typhoon', lead: 'YJ', support: 'QX SL CG XC JY', node: 'TYPHOON' },
  { code: '11B03', zh: '暴雨', en: 'Rainstorm', lead: 'YJ', support: 'QX SL CG XC JY', node: 'RAIN' },
  { code: '11B06', zh: '大风', en: 'Gale', lead: 'CG', support: 'ZJ GD JJ', node: 'WIND' },
  { code: '11B09', zh: '高温', en: 'Heat', lead: 'YJ', support: 'QX WJ GD', node: 'HEAT' },
  { code: '11B17', zh: '大雾', en: 'Fog', lead: 'JJ', support: 'JT QX', node: 'FOG' },
  { code: '11B30', zh: '低温雨雪冰冻', en: 'Snow and ice', lead: 'CG', support: 'JT JJ GD QX', node: 'SNOWICE' },
  { code: '11C02', zh: '地震', en: 'Earthquake', lead: 'YJ', support: 'XF WJ GA ZJ', level: 'quake', node: 'QUAKE' },
  {
    code: '11D01',
    zh: '滑坡',
    en: 'Landslide',
    lead: 'ZR',
    support: 'YJ XF QXZ SL',
    level: 'geology',
    node: 'LANDSLIDE',
  },
  {
    code: '11D02',
    zh: '泥石流',
    en: 'Debris flow',
    lead: 'ZR',
    support: 'YJ XF QXZ',
    level: 'geology',
    node: 'LANDSLIDE',
  },
  {
    code: '11G01',
    zh: '森林火灾',
    en: 'Forest fire',
    lead: 'YJ',
    support: 'XF QXZ GA',
    level: 'accident',
    node: 'FIRE',
  },
  {
    code: '12C00',
    zh: '建筑施工事故',
    en: 'Construction accident',
    lead: 'ZJ',
    support: 'YJ XF WJ',
    level: 'accident',
    report: 'workSafety',
    node: 'COLLAPSE',
  },
  {
    code: '12D00',
    zh: '危险化学品事故',
    en: 'Chemical accident',
    lead: 'XF',
    support: 'YJ HJ WJ GA JJ QX QXZ',
    level: 'accident',
    report: 'workSafety',
    node: 'CHEM',
  },
  {
    code: '12G00',
    zh: '火灾',
    en: 'Fire',
    lead: 'XF',
    support: 'GA WJ YJ HJ',
    level: 'accident',
    report: 'workSafety',
    node: 'FIRE',
  },
  {
    code: '12H00',
    zh: '道路交通事故',
    en: 'Road accident',
    lead: 'JJ',
    support: 'XF JZ JT',
    level: 'accident',
    report: 'workSafety',
    node: 'TRAFFIC',
  },
  {
    code: '12H90',
    zh: '车辆被困（积水）',
    en: 'Vehicles trapped in water',
    lead: 'XF',
    support: 'JJ CG JZ GD',
    level: 'geology',
    node: 'UNDERPASS',
  },
  {
    code: '12L00',
    zh: '城市轨道交通事故',
    en: 'Metro accident',
    lead: 'DT',
    support: 'JT XF GA WJ GD YJ',
    level: 'accident',
    report: 'workSafety',
    node: 'METRO_IN',
  },
  { code: '12P10', zh: '供水中断', en: 'Water supply failure', lead: 'GS', support: 'CG WJ HJ XC', node: 'WATERCUT' },
  { code: '12P20', zh: '排水设施故障', en: 'Drainage failure', lead: 'CG', support: 'SL GD', node: 'PUMPSTOP' },
  {
    code: '12P30',
    zh: '燃气泄漏',
    en: 'Gas leak',
    lead: 'RQ',
    support: 'CG XF GA YJ',
    level: 'accident',
    report: 'workSafety',
    node: 'GAS',
  },
  { code: '12P50', zh: '电力中断', en: 'Power failure', lead: 'GD', support: 'GX CG WJ GA', node: 'POWER' },
  { code: '12P60', zh: '通信中断', en: 'Telecom failure', lead: 'GX', support: 'GD YJ', node: 'COMMS' },
  {
    code: '12P70',
    zh: '路面或房屋塌陷',
    en: 'Collapse of a road or building',
    lead: 'CG',
    support: 'ZJ JJ GS RQ XF',
    level: 'accident',
    report: 'workSafety',
    node: 'COLLAPSE',
  },
  {
    code: '12Q00',
    zh: '环境污染',
    en: 'Pollution',
    lead: 'HJ',
    support: 'SL GS WJ',
    level: 'environment',
    report: 'environment',
    node: 'WATERPOLL',
  },
  {
    code: '12S00',
    zh: '踩踏',
    en: 'Crush of a crowd',
    lead: 'GA',
    support: 'XF WJ QXZ',
    level: 'accident',
    report: 'workSafety',
    node: 'CROWD',
  },
  {
    code: '13A00',
    zh: '传染病疫情',
    en: 'Infectious disease',
    lead: 'JK',
    support: 'WJ HG GA JT SJJ QXZ SJ',
    level: 'health',
    report: 'health',
    node: 'EPIDEMIC',
  },
  {
    code: '13B00',
    zh: '食品安全事件',
    en: 'Food safety',
    lead: 'SJ',
    support: 'WJ GA',
    level: 'health',
    report: 'health',
  },
  {
    code: '13C00',
    zh: '群体性中毒',
    en: 'Mass poisoning',
    lead: 'WJ',
    support: 'JK GA SJ',
    level: 'health',
    report: 'health',
  },
  { code: '14A00', zh: '群体性事件', en: 'Public disorder', lead: 'GA', support: 'QXZ XC', level: 'crowd' },
]

const typeOf = ({ code, zh, en, lead, support, level, report, node }: Row): IncidentType => ({
  code,
  name: { 'zh-CN': zh, en },
  lead,
  support: support?.split(' ') ?? [],
  levelRule: level ?? 'city',
  reportRule: report ?? 'general',
  ...(node === undefined ? {} : { node }),
})

/**
 * Types of GB/T 35561-2017 that a city's desk meets (version 2017+belfry.1, to be replaced by a city's licensed table).
 * Codes of 11A, 11B, 11C, 11D and 11G agree with published tables; the letters of 12, 13 and 14 are a proposal.
 */
export const INCIDENT_TYPES: readonly IncidentType[] = rows.map(typeOf)

const byCode = new Map(INCIDENT_TYPES.map((type) => [type.code, type]))

export const incidentType = (code: string): IncidentType | undefined => byCode.get(code)
