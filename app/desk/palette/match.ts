/** One thing that the palette can name: `words` are its names in every language, and its aliases. */
export interface Named {
  readonly words: readonly string[]
}

const SYLLABLE = /(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]+(?:ng|n|r)?(?![aeiouv])/y

/** Initials by word, and by syllable where a word is pinyin: `Beizha Rd underpass` is `bzru`. */
const initials = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => pinyinInitials(word) ?? word.charAt(0))
    .join('')

/** The first letters of a word's syllables, or undefined when it is none of pinyin. */
function pinyinInitials(word: string): string | undefined {
  let letters = ''
  SYLLABLE.lastIndex = 0
  while (SYLLABLE.lastIndex < word.length) {
    const from = SYLLABLE.lastIndex
    if (SYLLABLE.exec(word) === null) return undefined
    letters += word.charAt(from)
  }
  return letters
}

/** How well one token names a thing: 3 at its beginning, 2 within, 1 by initials, 0 not at all. */
function tokenScore(token: string, words: readonly string[]): number {
  let best = 0
  for (const word of words) {
    const lower = word.toLowerCase()
    const score = lower.startsWith(token)
      ? 3
      : lower.includes(token)
        ? 2
        : token.length > 1 && initials(word).includes(token)
          ? 1
          : 0
    best = Math.max(best, score)
  }
  return best
}

/**
 * Things that every token names, best first and in their own order among equals. Tokens are parted by spaces: 「封闭 北闸」,
 * `close beizha` and `bz` find the same.
 */
export function matching<Thing extends Named>(text: string, things: readonly Thing[]): Thing[] {
  const tokens = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (tokens.length === 0) return [...things]
  return things
    .map((thing, order) => ({ thing, order, scores: tokens.map((token) => tokenScore(token, thing.words)) }))
    .filter(({ scores }) => scores.every((score) => score > 0))
    .sort((a, b) => sum(b.scores) - sum(a.scores) || a.order - b.order)
    .map(({ thing }) => thing)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** A text in pieces, those marked that a token names. */
export function marked(title: string, text: string): readonly { readonly text: string; readonly hit: boolean }[] {
  const tokens = text.toLowerCase().split(/\s+/).filter(Boolean)
  const lower = title.toLowerCase()
  const hit = new Array<boolean>(title.length).fill(false)
  for (const token of tokens) {
    const at = lower.indexOf(token)
    if (at >= 0) hit.fill(true, at, at + token.length)
  }
  const pieces: { text: string; hit: boolean }[] = []
  for (let i = 0; i < title.length; i++) {
    const last = pieces.at(-1)
    if (last !== undefined && last.hit === hit[i]) last.text += title.charAt(i)
    else pieces.push({ text: title.charAt(i), hit: hit[i] ?? false })
  }
  return pieces
}
