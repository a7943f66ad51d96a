const ARITY = 4

/** Items by their seconds, least first. An item may be in it more than once. */
export class TimeHeap {
  size = 0
  #items: Int32Array
  #seconds: Float64Array

  constructor(capacity: number) {
    this.#items = new Int32Array(capacity + 16)
    this.#seconds = new Float64Array(capacity + 16)
  }

  /** Seconds of the first item; undefined behaviour when it is empty: look at `size`. */
  get firstSeconds(): number {
    return this.#seconds[0]!
  }

  clear(): void {
    this.size = 0
  }

  add(item: number, at: number): void {
    if (this.size === this.#items.length) this.#grow()
    const [items, seconds] = [this.#items, this.#seconds]
    let place = this.size++
    while (place > 0) {
      const above = (place - 1) >> 2
      if (seconds[above]! <= at) break
      items[place] = items[above]!
      seconds[place] = seconds[above]!
      place = above
    }
    items[place] = item
    seconds[place] = at
  }

  /** Takes the item of the least seconds out. */
  takeFirst(): number {
    const [items, seconds] = [this.#items, this.#seconds]
    const taken = items[0]!
    const size = --this.size
    const [moved, at] = [items[size]!, seconds[size]!]
    let place = 0
    for (;;) {
      const first = ARITY * place + 1
      if (first >= size) break
      let least = first
      const end = Math.min(first + ARITY, size)
      for (let child = first + 1; child < end; child++) if (seconds[child]! < seconds[least]!) least = child
      if (seconds[least]! >= at) break
      items[place] = items[least]!
      seconds[place] = seconds[least]!
      place = least
    }
    items[place] = moved
    seconds[place] = at
    return taken
  }

  #grow(): void {
    const [items, seconds] = [this.#items, this.#seconds]
    this.#items = new Int32Array(items.length * 2)
    this.#seconds = new Float64Array(items.length * 2)
    this.#items.set(items)
    this.#seconds.set(seconds)
  }
}
