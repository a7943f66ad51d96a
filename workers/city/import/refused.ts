/** A source that cannot be taken, with the sentence for the person at the terminal. */
export class SourceRefused extends Error {
  readonly file: string

  constructor(file: string, sentence: string, options: ErrorOptions = {}) {
    super(`${file}: ${sentence}`, options)
    this.name = 'SourceRefused'
    this.file = file
  }
}
