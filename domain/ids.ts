import { z } from 'zod'

/** Dense number of a World; the first column of every fact (UInt16). */
export const WorldNo = z.number().int().min(0).max(65_535).brand<'WorldNo'>()
export type WorldNo = z.infer<typeof WorldNo>

/** The live World's number. Minted in `domain/world.ts` alone; live channel adapters accept nothing else. */
export type LiveWorldNo = WorldNo & { readonly __live: true }

/** Dense number of a Datastream inside its World (UInt32): the index of its row in every typed column. */
export const StreamNo = z.number().int().min(0).max(4_294_967_295).brand<'StreamNo'>()
export type StreamNo = z.infer<typeof StreamNo>

/** Dense number of a Track inside its World (UInt32). */
export const TrackNo = z.number().int().min(0).max(4_294_967_295).brand<'TrackNo'>()
export type TrackNo = z.infer<typeof TrackNo>

/** Dense number of a Feed over all Worlds (UInt16). */
export const FeedNo = z.number().int().min(0).max(65_535).brand<'FeedNo'>()
export type FeedNo = z.infer<typeof FeedNo>

/** A key chosen by people for files, URLs and mappings: `rivers-calder`, `hebden-bridge.water-level`. */
export const Key = z
  .string()
  .min(1)
  .max(120)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._:@/+-]*$/u,
    'A key starts with a letter or digit and holds letters, digits and . _ : @ / + - only.',
  )
export type Key = z.infer<typeof Key>

/** Names a city's package: its folder under var/cities, and in URLs. */
export const CityKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'A city is named by small letters, digits and hyphens, 60 at most.')
export type CityKey = z.infer<typeof CityKey>

/** UUID version 7 for what commands make, version 5 for derived facts. */
export const Uuid = z.uuid()
export type Uuid = z.infer<typeof Uuid>

/** 32 hexadecimal digits that follow one message from its arrival to its presentation. */
export const TraceId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'TraceId'>()
export type TraceId = z.infer<typeof TraceId>

/** A name in both languages of the product. */
export const Names = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) }).readonly()
export type Names = z.infer<typeof Names>
/** Names, or one text that stands for both languages: what was kept before names had two. */
export const NamesOrText = z.union([
  Names,
  z
    .string()
    .min(1)
    .transform((text): Names => ({ 'zh-CN': text, en: text })),
])
export type Locale = keyof Names
