/** A part of the surface that broke, named; the rest goes on. */
export interface Fault {
  readonly module: string
  readonly message: string
  readonly count: number
}

/** Collects faults by module. Each module wears its own red badge; nothing else stops. */
export class Faults {
  #faults: readonly Fault[] = []
  readonly #listeners = new Set<() => void>()

  report(module: string, cause: unknown): void {
    const held = this.#faults.find((fault) => fault.module === module)
    const message = cause instanceof Error ? cause.message : String(cause)
    const fault: Fault = { module, message, count: (held?.count ?? 0) + 1 }
    this.#faults = [...this.#faults.filter((other) => other.module !== module), fault]
    for (const listener of this.#listeners) listener()
  }

  /** Runs one part; a fault in it is reported under its name. */
  guard(module: string, part: () => void): void {
    try {
      part()
    } catch (cause) {
      this.report(module, cause)
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly all = (): readonly Fault[] => this.#faults
}
