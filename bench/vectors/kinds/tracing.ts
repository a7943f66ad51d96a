import { z } from 'zod'
import { tracing } from '@/workers/models/tracing/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Pings = z.array(z.tuple([z.number(), z.string()]))
const limits = { max_gap_s: z.number().default(1800), tail_s: z.number().default(300) }
const collision = z.object({ a: Pings, b: Pings, ...limits, min_overlap_s: z.number().default(900) })
/** "person,t,cell" separated by blanks. */
const PackedPings = z.string().transform((text) =>
  text.split(/\s+/).flatMap((word) => {
    const [person, t, cell] = word.split(',')
    return cell === undefined ? [] : [[Number(person), Number(t), `c${cell}`] as const]
  }),
)
const synthetic = z.object({ pings: PackedPings, source: z.number(), ...limits })
const Found = z.object({ contacts_found: z.array(z.number()) })
const Truth = Found.extend({
  true_contacts_ge900s: z.array(z.number()),
  precision: z.number(),
  recall: z.number(),
})

export const tracingKinds: Kinds = {
  collision: kind(collision, ({ a, b, max_gap_s, tail_s, min_overlap_s }) => {
    const staysOf = (pings: z.infer<typeof Pings>) => tracing.stays(pings, { maxGap: max_gap_s, tail: tail_s })
    const contacts = tracing.collide(staysOf(a), staysOf(b), min_overlap_s)
    return { contacts, total_s: contacts.reduce((sum, [, , , seconds]) => sum + seconds, 0) }
  }),
  accompany: kind(z.object({ a: Pings, b: Pings, slot_s: z.number().default(300) }), ({ a, b, slot_s }) => {
    const { sharedSlots, jaccard, distinctCells, isCompanion } = tracing.accompany(a, b, slot_s)
    return { shared_slots: sharedSlots, jaccard, distinct_cells: distinctCells, companion: isCompanion }
  }),
  synthetic: kind(
    synthetic,
    ({ pings, source, max_gap_s, tail_s }) => ({
      contacts_found: tracing.contactsOf(source, pings, 900, { maxGap: max_gap_s, tail: tail_s }),
    }),
    { judge: findsContacts },
  ),
  k_anonymity: kind(z.object({ rows: z.array(z.array(z.string())), k: z.number() }), ({ rows, k }) => {
    const { smallest, isAnonymous, suppressed } = tracing.kAnonymity(rows, k)
    return { min_class: smallest, is_k_anonymous: isAnonymous, suppressed_classes: suppressed }
  }),
  pseudonym: kind(z.object({ key_hex: z.string(), msg: z.string() }), ({ key_hex, msg }) => ({
    hmac_sha256: tracing.pseudonym(key_hex, msg),
  })),
}

/** The same people as the reference, and with that its precision and recall against the truth. */
function findsContacts(got: unknown, expected: unknown): string | undefined {
  const [{ contacts_found: found }, truth] = [Found.parse(got), Truth.parse(expected)]
  if (found.join() !== truth.contacts_found.join())
    return `found ${found.join()}, the reference ${truth.contacts_found.join()}`
  const right = found.filter((person) => truth.true_contacts_ge900s.includes(person)).length
  const isSame = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9
  const [precision, recall] = [right / found.length, right / truth.true_contacts_ge900s.length]
  return isSame(precision, truth.precision) && isSame(recall, truth.recall)
    ? undefined
    : `precision ${precision}, recall ${recall}`
}
