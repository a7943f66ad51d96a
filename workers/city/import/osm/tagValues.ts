import type { Names } from '@/domain/ids'
import type { Tags } from './osmData'

/** Names in the product's languages; the local name stands where a language has none. */
export function namesOf(tags: Tags): Names | undefined {
  const local = firstOf(tags, ['name', 'official_name', 'loc_name'])
  const zh = firstOf(tags, ['name:zh-Hans', 'name:zh-CN', 'name:zh', 'name:zh-Hant']) ?? local
  const en = firstOf(tags, ['name:en', 'int_name', 'name:zh_pinyin']) ?? local
  const [first, second] = [zh ?? en, en ?? zh]
  return first === undefined || second === undefined ? undefined : { 'zh-CN': first, en: second }
}

function firstOf(tags: Tags, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = tags.get(key)?.trim()
    if (value !== undefined && value !== '') return value.slice(0, 200)
  }
  return undefined
}

/** Metres of `12`, `12.5 m`, `12,5`, `40'`, `3'6"`; undefined when it is no length. */
export function metresOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const imperial = /^(\d+(?:\.\d+)?)\s*(?:'|ft)(?:\s*(\d+)")?$/.exec(text.trim())
  if (imperial !== null) return Number(imperial[1]) * 0.3048 + Number(imperial[2] ?? 0) * 0.0254
  const metric = /^(-?\d+(?:[.,]\d+)?)\s*(?:m|metres?|meters?)?$/.exec(text.trim())
  return metric === null ? undefined : Number(metric[1]!.replace(',', '.'))
}

/** A plain number, such as of levels or lanes; undefined when it is none. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const match = /^-?\d+(?:[.,]\d+)?$/.exec(text.trim())
  return match === null ? undefined : Number(match[0].replace(',', '.'))
}

/** km/h of `50`, `30 mph`, `walk`; undefined where nothing or no single figure is said. */
export function speedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (text === 'walk') return 7
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h)?$/.exec(text.trim())
  if (match === null) return undefined
  const speed = Number(match[1]) * (match[2] === 'mph' ? 1.609_344 : 1)
  return speed > 0 && speed <= 200 ? Math.round(speed) : undefined
}

/** A tag that is set and does not say no. */
export const says = (tags: Tags, key: string): boolean => {
  const value = tags.get(key)
  return value !== undefined && value !== 'no' && value !== '0' && value !== 'false'
}
