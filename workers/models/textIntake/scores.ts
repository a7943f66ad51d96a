export interface PrecisionRecall {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

const scoreOf = (precision: number, recall: number): PrecisionRecall => ({
  precision,
  recall,
  f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0,
})

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

/** Word segmentation by equal spans (SIGHAN). @throws RangeError when the two are not segmentations of one text. */
export function segmentationScore(gold: readonly string[], predicted: readonly string[]): PrecisionRecall {
  if (gold.join('') !== predicted.join('')) throw new RangeError('The two segmentations are of different texts.')
  const truth = new Set(spansOf(gold))
  const right = spansOf(predicted).filter((span) => truth.has(span)).length
  return scoreOf(share(right, predicted.length), share(right, gold.length))
}

function spansOf(words: readonly string[]): string[] {
  let at = 0
  return words.map((word) => `${at} ${(at += word.length)}`)
}

/** Mean F1 of the classes (macro) and F1 of all labels together (micro). @throws RangeError for unequal lengths. */
export function classificationScore(
  gold: readonly string[],
  predicted: readonly string[],
): { readonly macroF1: number; readonly microF1: number } {
  if (gold.length !== predicted.length)
    throw new RangeError(`${gold.length} labels for ${predicted.length} predictions.`)
  const classes = [...new Set([...gold, ...predicted])]
  const f1s = classes.map((name) => {
    const right = gold.filter((label, i) => label === name && predicted[i] === name).length
    const count = (labels: readonly string[]): number => labels.filter((label) => label === name).length
    return scoreOf(share(right, count(predicted)), share(right, count(gold))).f1
  })
  const right = gold.filter((label, i) => label === predicted[i]).length
  return {
    macroF1: share(
      f1s.reduce((sum, f1) => sum + f1, 0),
      classes.length,
    ),
    microF1: share(right, gold.length),
  }
}

/** B-cubed score of a clustering (Bagga and Baldwin 1998). @throws RangeError for unequal lengths. */
export function bcubed(gold: readonly (string | number)[], predicted: readonly (string | number)[]): PrecisionRecall {
  if (gold.length !== predicted.length) throw new RangeError(`${gold.length} labels for ${predicted.length} clusters.`)
  const mean = (own: readonly (string | number)[], other: readonly (string | number)[]): number =>
    share(
      own.reduce<number>((sum, label, i) => {
        const together = own.flatMap((one, k) => (one === label ? [k] : []))
        return sum + together.filter((k) => other[k] === other[i]).length / together.length
      }, 0),
      own.length,
    )
  return scoreOf(mean(predicted, gold), mean(gold, predicted))
}
