/** Dense numbers for pairs of numbers, in the order of their first use; equal means equal to the last bit. */
export class VertexNumbers {
  #first = new Float64Array(1024)
  #second = new Float64Array(1024)
  #slots = new Int32Array(2048).fill(-1)
  readonly #bits = new Float64Array(2)
  readonly #words = new Uint32Array(this.#bits.buffer)
  count = 0

  numberOf(first: number, second: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(first, second) & mask
    for (let found = this.#slots[slot]!; found >= 0; found = this.#slots[slot]!) {
      if (this.#first[found] === first && this.#second[found] === second) return found
      slot = (slot + 1) & mask
    }
    this.#slots[slot] = this.count
    return this.#append(first, second)
  }

  #append(first: number, second: number): number {
    const number = this.count++
    this.#first[number] = first
    this.#second[number] = second
    if (this.count === this.#first.length) this.#grow()
    return number
  }

  #grow(): void {
    const [first, second] = [this.#first, this.#second]
    this.#first = new Float64Array(first.length * 2)
    this.#second = new Float64Array(first.length * 2)
    this.#first.set(first)
    this.#second.set(second)
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let number = 0; number < this.count; number++) {
      let slot = this.#hash(first[number]!, second[number]!) & mask
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask
      this.#slots[slot] = number
    }
  }

  #hash(first: number, second: number): number {
    // Zero is added because -0 equals 0 and has other bits.
    this.#bits[0] = first + 0
    this.#bits[1] = second + 0
    let hash = 0x9e3779b9
    for (let word = 0; word < 4; word++) {
      hash = Math.imul(hash ^ this.#words[word]!, 0x85ebca6b)
      hash ^= hash >>> 13
    }
    return hash >>> 0
  }
}
