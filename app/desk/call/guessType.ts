import { INCIDENT_TYPES } from '@/domain/incident/incidentTypes'

/** Words of a caller that speak for a type; the first rule that is met stands, so that the narrow ones come first. */
const RULES: readonly (readonly [code: string, said: RegExp])[] = [
  [
    '12H90',
    /(困|熄火|泡|淹).*(车)|(车).*(困|熄火|泡|淹)|下穿.*困|(car|vehicle)s?.*(trapped|stuck)|(trapped|stuck).*(car|vehicle)/i,
  ],
  ['12L00', /地铁|轨道|站厅|metro|subway/i],
  ['12D00', /氯|氨气|化工|危化|chlorine|ammonia|chemical/i],
  ['12P30', /燃气|煤气|天然气|gas (leak|smell)/i],
  ['11D01', /滑坡|塌方|landslide/i],
  ['12P70', /塌陷|坍塌|倒塌|collapse/i],
  ['12G00', /火灾|起火|着火|冒烟|fire|smoke/i],
  ['12P50', /停电|断电|跳闸|power (cut|failure|outage)/i],
  ['12P10', /停水|爆管|water main/i],
  ['12P20', /泵站|排水泵|井盖|pump/i],
  ['12H00', /车祸|追尾|相撞|翻车|collision|crash/i],
  ['13A00', /发热|疫情|传染|确诊|infect|fever/i],
  ['13C00', /中毒|poison/i],
  ['12S00', /踩踏|拥挤|crush/i],
  ['11A01', /漫堤|溃堤|洪水|river flood/i],
  ['11A02', /积水|内涝|水深|漫|flood|water/i],
  ['11B06', /大风|树倒|树木倒伏|gale|tree/i],
]

/** The type that the words speak of, or undefined: a draft that the person sees and may change. */
export function guessType(said: string): string | undefined {
  const code = RULES.find(([, rule]) => rule.test(said))?.[0]
  return INCIDENT_TYPES.some((type) => type.code === code) ? code : undefined
}

/** Figures of people in the words: 「被困 5 人」, 5 trapped. */
export function guessTrapped(said: string): number | undefined {
  const found =
    /(?:被困|困住|有)\s*(\d{1,4})\s*人|(\d{1,4})\s*人\s*(?:被困|受困)|(\d{1,4})\s*(?:people\s*)?trapped/i.exec(said)
  const text = found?.slice(1).find(Boolean)
  return text === undefined ? undefined : Number(text)
}
