import { edgeCount, nodeCount } from './roadGraph'
import type { RoadGraph } from './roadGraph'

export interface MainNetwork {
  /** 1 for each node from which every other such node can be reached, and which can be reached from them. */
  readonly member: Uint8Array
  readonly nodes: number
  /** Passable edges with both ends in the network, and those without: driveways behind gates, pieces cut at the border. */
  readonly edges: number
  readonly deadEdges: number
}

/** The largest strongly connected part of the edges with finite weight; of two equal ones that with the lowest node. */
export function mainNetwork(graph: RoadGraph, weights: Float32Array): MainNetwork {
  const component = strongComponents(graph, weights)
  const sizes = new Int32Array(nodeCount(graph))
  for (const number of component) sizes[number]!++
  let best = 0
  for (const number of component) if (sizes[number]! > sizes[best]!) best = number
  const member = Uint8Array.from(component, (number) => (number === best && sizes[best]! > 0 ? 1 : 0))
  let [edges, deadEdges] = [0, 0]
  for (let edge = 0; edge < edgeCount(graph); edge++) {
    if (weights[edge] === Infinity) continue
    if (member[graph.head[edge]!] === 1 && member[graph.tail[edge]!] === 1) edges++
    else deadEdges++
  }
  return { member, nodes: sizes[best] ?? 0, edges, deadEdges }
}

/** Number of the strong component of each node (Tarjan, with a stack of its own: roads are deeper than call stacks). */
function strongComponents(graph: RoadGraph, weights: Float32Array): Int32Array {
  const walk = new Walk(graph)
  for (let root = 0; root < nodeCount(graph); root++) if (walk.order[root] === -1) walk.from(root, weights)
  return walk.component
}

class Walk {
  readonly order: Int32Array
  readonly component: Int32Array
  readonly #graph: RoadGraph
  readonly #low: Int32Array
  readonly #next: Int32Array
  readonly #path: number[] = []
  readonly #open: number[] = []
  #visited = 0
  #components = 0

  constructor(graph: RoadGraph) {
    const nodes = nodeCount(graph)
    this.#graph = graph
    this.order = new Int32Array(nodes).fill(-1)
    this.component = new Int32Array(nodes).fill(-1)
    this.#low = new Int32Array(nodes)
    this.#next = graph.firstOut.slice(0, nodes)
  }

  from(root: number, weights: Float32Array): void {
    this.#enter(root)
    while (this.#path.length > 0) {
      const node = this.#path.at(-1)!
      const edge = this.#next[node]!++
      if (edge >= this.#graph.firstOut[node + 1]!) this.#leave(node)
      else if (weights[edge] !== Infinity) this.#look(node, this.#graph.head[edge]!)
    }
  }

  #enter(node: number): void {
    this.order[node] = this.#visited
    this.#low[node] = this.#visited++
    this.#path.push(node)
    this.#open.push(node)
  }

  #look(node: number, ahead: number): void {
    if (this.order[ahead] === -1) this.#enter(ahead)
    else if (this.component[ahead] === -1) this.#low[node] = Math.min(this.#low[node]!, this.order[ahead]!)
  }

  #leave(node: number): void {
    this.#path.pop()
    const below = this.#path.at(-1)
    if (below !== undefined) this.#low[below] = Math.min(this.#low[below]!, this.#low[node]!)
    if (this.#low[node] !== this.order[node]) return
    for (let member = -1; member !== node; ) {
      member = this.#open.pop()!
      this.component[member] = this.#components
    }
    this.#components++
  }
}
