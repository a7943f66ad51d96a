import { z } from 'zod'
import { textIntake } from '@/workers/models/textIntake/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Texts = z.array(z.string())
const Labels = z.array(z.union([z.string(), z.number()]))
const jaccard = z.object({ a: z.string(), b: z.string(), n: z.number().default(2), strip: z.string().optional() })

export const textIntakeKinds: Kinds = {
  seg_prf: kind(z.object({ gold: Texts, pred: Texts }), ({ gold, pred }) => {
    const { precision, recall, f1 } = textIntake.segmentationScore(gold, pred)
    return { P: precision, R: recall, F1: f1 }
  }),
  clf_metrics: kind(z.object({ gold: Texts, pred: Texts }), ({ gold, pred }) => {
    const { macroF1, microF1 } = textIntake.classificationScore(gold, pred)
    return { macro_f1: macroF1, micro_f1: microF1 }
  }),
  jaccard: kind(jaccard, ({ a, b, n, strip }) => {
    const ignored = strip === undefined ? undefined : new RegExp(strip, 'gu')
    const alike = textIntake.bigramJaccard(a, b, n, ignored)
    return { jaccard: alike, duplicate: textIntake.isDuplicate(alike) }
  }),
  bcubed: kind(z.object({ gold: Labels, pred: Labels }), ({ gold, pred }) => {
    const { precision, recall, f1 } = textIntake.bcubed(gold, pred)
    return { P: precision, R: recall, F1: f1 }
  }),
  address: kind(z.object({ text: z.string() }), ({ text }) => textIntake.parseAddress(text)),
}
