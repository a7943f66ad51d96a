import type { ComponentCode } from './cityModel'

/** Class and subclass digits of the objects Belfry codes, by GB/T 30428.2 where it names them; 9x is our own extension. */
export const COMPONENT_CLASSES = {
  building: '0501',
  road: '0201',
  bridge: '0202',
  tunnel: '0203',
  underpass: '0204',
  water: '0401',
  cover: '0402',
  line: '0190',
  facility: '0590',
} as const
export type ComponentClass = keyof typeof COMPONENT_CLASSES

const SERIALS = 1_000_000

/** Which object of a source has a code, so that the next import of the city gives it again. */
export interface KeptCode {
  readonly code: ComponentCode
  /** Key of the object where it came from (`way/123`); one per class and division. */
  readonly source: string
}

const headOf = (code: string): string => code.slice(0, 10)

/**
 * Gives each object of a class its 16 digits: division, class, serial. An object whose source key the ledger knows, in
 * the same division and class, keeps its code. Others get the serials after the highest that was ever given, in the order
 * of `add`: without a ledger a new object moves the serials behind it.
 * @throws RangeError beyond 999 999 objects of a class in one division.
 */
export class ComponentCodes {
  readonly #next = new Map<string, number>()
  readonly #ledger = new Map<string, KeptCode>()

  constructor(ledger: Iterable<KeptCode> = []) {
    for (const kept of ledger) {
      const head = headOf(kept.code)
      this.#ledger.set(`${head}${kept.source}`, kept)
      this.#next.set(head, Math.max(this.#next.get(head) ?? 0, Number(kept.code.slice(10))))
    }
  }

  /** `source` as in `KeptCode`; an object without one is not in the ledger. */
  add(division: string, kind: ComponentClass, source?: string): ComponentCode {
    const head = `${division}${COMPONENT_CLASSES[kind]}`
    const kept = source === undefined ? undefined : this.#ledger.get(`${head}${source}`)
    if (kept !== undefined) return kept.code
    const serial = (this.#next.get(head) ?? 0) + 1
    if (serial >= SERIALS) throw new RangeError(`Division ${division} holds more than ${SERIALS - 1} of ${kind}.`)
    this.#next.set(head, serial)
    const code = `${head}${String(serial).padStart(6, '0')}` as ComponentCode
    if (source !== undefined) this.#ledger.set(`${head}${source}`, { code, source })
    return code
  }

  /** All codes that were ever given, by code: those of objects that are gone are not given again. */
  ledger(): readonly KeptCode[] {
    return [...this.#ledger.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
  }
}
