/** The compiled kernel over its shared memory, opened by workers/threads. */
export interface FloodKernel {
  readonly memory: ArrayBufferLike
  readonly threads: number
  /** One interval on all threads, to the target time in the memory. */
  drive(): void
  /** Must follow every change of the memory's parameters: the threads keep copies. */
  attach(): void
}
