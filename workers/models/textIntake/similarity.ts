/** Blanks and punctuation that do not count when texts are compared. */
const IGNORED = /[\s，。！？,.!?#@：:]/gu

/** From this share of common pairs of characters two texts are the same report. */
const DUPLICATE = 0.6

/**
 * Share of character n-grams that two texts have in common, after dropping what `ignored` matches. Texts too short for
 * one are alike when they are equal and not empty.
 */
export function bigramJaccard(one: string, other: string, n = 2, ignored: RegExp = IGNORED): number {
  const [a, b] = [one, other].map((text) => text.normalize('NFKC').replaceAll(ignored, ''))
  const [own, others] = [gramsOf(a!, n), gramsOf(b!, n)]
  if (own.size === 0 || others.size === 0) return a === b && a !== '' ? 1 : 0
  const common = [...own].filter((gram) => others.has(gram)).length
  return common / (own.size + others.size - common)
}

/** Whether a share of common pairs means the same report. */
export const isDuplicate = (jaccard: number): boolean => jaccard >= DUPLICATE

function gramsOf(text: string, n: number): Set<string> {
  const letters = Array.from(text)
  return new Set(
    Array.from({ length: Math.max(0, letters.length - n + 1) }, (_, i) => letters.slice(i, i + n).join('')),
  )
}
