/** What a command of `npm run city` may use. */
export interface CommandContext {
  /** Folder of all packages. */
  readonly cities: string
  /** Number of this process: tells two writers of one city apart. */
  readonly pid: number
  /** One line for the person at the terminal. */
  readonly say: (line: string) => void
  /** Milliseconds since some moment, for durations. */
  readonly elapsed: () => number
}

/** Runs with the words after its name; resolves with the exit code. @throws BadCommand, SourceRefused */
export type Command = (words: readonly string[], context: CommandContext) => Promise<number>

/** The command line cannot be understood; the message is for the person at the terminal. */
export class BadCommand extends Error {
  readonly retry = false
}
