import { z } from 'zod'
import { SourceRefused } from '../refused'
import { readJson } from '../sourceSystem'

const Value = z.union([z.string(), z.number(), z.boolean()])
const Rule = z.union([
  z.string(),
  z.strictObject({
    field: z.string().optional(),
    /** What the field's text means; a text that is not listed means `otherwise`. */
    values: z.record(z.string(), Value).optional(),
    otherwise: Value.optional(),
    /** Numbers of the field times this: decimetres to metres. */
    factor: z.number().optional(),
  }),
])
type Rule = z.infer<typeof Rule>

const LayerMap = z.strictObject({
  /** Field that holds the object's own key; pieces of one key become one object. */
  key: z.string().optional(),
  /** Only features whose field has one of these texts are taken. */
  only: z.record(z.string(), z.array(z.string())).optional(),
  /** What each of the city's properties is read from; of a list the first that gives a value. */
  fields: z.record(z.string(), z.union([Rule, z.array(Rule)])).default({}),
})
export type LayerMap = z.infer<typeof LayerMap>

const FieldMap = z.record(z.string(), LayerMap)
export type FieldMap = z.infer<typeof FieldMap>

/** Reads a field map. @throws SourceRefused */
export async function readFieldMap(file: string): Promise<FieldMap> {
  const parsed = FieldMap.safeParse(await readJson(file))
  if (!parsed.success) throw new SourceRefused(file, `is no field map. ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

type Fields = Readonly<Record<string, unknown>>

/** Reads the properties of one feature by its layer's map; a property without a rule is the field of its own name. */
export class FieldReader {
  readonly #rules: LayerMap['fields']
  readonly #fields: Fields

  constructor(map: LayerMap, fields: Fields) {
    this.#rules = map.fields
    this.#fields = fields
  }

  text(property: string): string | undefined {
    const value = this.#value(property)
    if (value === undefined) return undefined
    const text = String(value).trim()
    return text === '' ? undefined : text.slice(0, 200)
  }

  /** A finite number; a number in a text counts. */
  number(property: string): number | undefined {
    const value = this.#value(property)
    if (value === undefined || typeof value === 'boolean' || value === '') return undefined
    const number = Number(value)
    return Number.isFinite(number) ? number : undefined
  }

  flag(property: string): boolean {
    const value = this.#value(property)
    return value === true || value === 1 || (typeof value === 'string' && /^(yes|true|1|是|y|t)$/i.test(value))
  }

  #value(property: string): z.infer<typeof Value> | undefined {
    const rules = this.#rules[property] ?? property
    for (const rule of Array.isArray(rules) ? rules : [rules]) {
      const value = this.#byRule(rule)
      if (value !== undefined) return value
    }
    return undefined
  }

  #byRule(rule: Rule): z.infer<typeof Value> | undefined {
    if (typeof rule === 'string') return plain(this.#fields[rule])
    const said = rule.field === undefined ? undefined : plain(this.#fields[rule.field])
    if (rule.values !== undefined) {
      const key = said === undefined ? '' : String(said).trim()
      return Object.hasOwn(rule.values, key) ? rule.values[key] : rule.otherwise
    }
    if (said === undefined) return rule.otherwise
    return rule.factor === undefined ? said : Number(said) * rule.factor
  }
}

function plain(value: unknown): z.infer<typeof Value> | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** Does the layer take the feature at all? Else the field and text that stand against it. */
export function refusedBy({ only }: LayerMap, fields: Fields): string | undefined {
  for (const [field, texts] of Object.entries(only ?? {})) {
    const said = String(plain(fields[field]) ?? '')
    if (!texts.includes(said)) return `${field} is ${said === '' ? 'empty' : said.slice(0, 24)}`
  }
  return undefined
}
