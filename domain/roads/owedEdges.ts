/**
 * Where a search owes edges that were forbidden to the first who came to their node. A later way matters at nodes that
 * lie behind such a place, and only as long as somebody has not taken what is owed there.
 */
export class OwedEdges {
  /** Edges still owed at each node. */
  readonly #left: Int32Array
  /** The nearest node that owes, itself or on the way here, + 1; 0 for none. Shortened when it is asked for. */
  readonly #behind: Int32Array
  /** The same as it was on the way to an owing node. */
  readonly #above: Int32Array
  #clean = true

  constructor(nodes: number) {
    this.#left = new Int32Array(nodes)
    this.#behind = new Int32Array(nodes)
    this.#above = new Int32Array(nodes)
  }

  clear(): void {
    if (this.#clean) return
    this.#left.fill(0)
    this.#behind.fill(0)
    this.#clean = true
  }

  /** A node is reached first, by way of the node `from` (-1: a seed), and some of its edges are forbidden from there. */
  settle(node: number, { from, missed }: { readonly from: number; readonly missed: number }): void {
    const above = from < 0 || this.#clean ? 0 : this.#find(from)
    this.#behind[node] = above
    if (missed === 0) return
    this.#clean = false
    this.#above[node] = above
    this.#behind[node] = node + 1
    this.#left[node] = missed
  }

  /** An edge that was owed at a node is taken. */
  take(node: number): void {
    if (this.#left[node]! > 0) this.#left[node]!--
  }

  /** Whether anything is owed at a settled node or on the way to it. */
  isBehind(node: number): boolean {
    return !this.#clean && this.#find(node) > 0
  }

  #find(node: number): number {
    let owing = this.#behind[node]!
    while (owing > 0 && this.#left[owing - 1] === 0) owing = this.#above[owing - 1]!
    this.#behind[node] = owing
    return owing
  }
}
