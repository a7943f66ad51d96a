import type { z } from 'zod'

/** What a kind does with the input of one case. */
export interface Kind {
  /**
   * Answers one input.
   * @throws when the input is not what the kind takes, or the kernel refuses it.
   */
  readonly answer: (input: unknown, files: CaseFiles) => unknown
  /** Fields of `expected` that name one of several right answers. */
  readonly oneOfMany?: readonly string[]
  /** Judges what the common tolerance cannot: why the answer is wrong, or undefined. */
  readonly judge?: (got: unknown, expected: unknown) => string | undefined
  /** Judges all cases of the kind together: why they miss, or undefined. */
  readonly corpus?: (pairs: readonly { got: unknown; expected: unknown }[]) => string | undefined
}

/** Data sets that a case may name. */
export interface CaseFiles {
  /**
   * The values of a data file, by what its name ends with.
   * @throws NoData when it is not on this machine.
   */
  readonly series: (name: string) => readonly number[]
}

/** The case rests on a data set that is not on this machine: counted, neither passed nor missed. */
export class NoData extends Error {}

/** A kind whose input has a known shape. */
export function kind<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.infer<Schema>, files: CaseFiles) => unknown,
  more: Omit<Kind, 'answer'> = {},
): Kind {
  return { answer: (input, files) => run(schema.parse(input), files), ...more }
}

/** Kinds by the name that stands in the case. */
export type Kinds = Readonly<Record<string, Kind>>
