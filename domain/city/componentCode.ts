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

/**
 * Gives each object of a class its 16 digits: division, class, serial. Serials follow the order of `add`, so a caller that
 * adds in the order of stable source keys gets the same codes from the same source.
 * @throws RangeError beyond 999 999 objects of a class in one division.
 */
export class ComponentCodes {
  readonly #next = new Map<string, number>()

  add(division: string, kind: ComponentClass): ComponentCode {
    const head = `${division}${COMPONENT_CLASSES[kind]}`
    const serial = (this.#next.get(head) ?? 0) + 1
    if (serial >= SERIALS) throw new RangeError(`Division ${division} holds more than ${SERIALS - 1} of ${kind}.`)
    this.#next.set(head, serial)
    return `${head}${String(serial).padStart(6, '0')}` as ComponentCode
  }
}
