/** One thing that is wrong with a message: which rule says so, where, and in words. */
export interface CapDefect {
  /** `cap-01` to `cap-25`. */
  readonly rule: string
  readonly path: string
  readonly message: string
}

export const defectOf = (rule: number, path: string, message: string): CapDefect => ({
  rule: `cap-${String(rule).padStart(2, '0')}`,
  path,
  message,
})
