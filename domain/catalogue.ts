import { z } from 'zod'
import { FeedNo, Key, Names, NamesOrText, StreamNo, TrackNo } from './ids'

/** A value that means something: 警戒 24.50 m. `level` 1 is the most severe, 4 the least. */
export const Threshold = z
  .object({
    key: Key,
    name: Names,
    op: z.enum(['>=', '<=']),
    value: z.number(),
    level: z.number().int().min(1).max(4),
    holdSeconds: z.number().nonnegative().default(0),
    deadband: z.number().nonnegative().default(0),
    /** The rule that says so, as people cite it. */
    source: z.string().max(200).optional(),
  })
  .readonly()
export type Threshold = z.infer<typeof Threshold>

/** What is observed, with the bounds that its quality checks use. Numbers are in `unit`. */
export const ObservedProperty = z
  .object({
    key: Key,
    name: Names,
    unit: z.string(),
    decimals: z.number().int().min(0).max(6).default(1),
    range: z.tuple([z.number(), z.number()]).readonly().optional(),
    maxChangePerMinute: z.number().positive().optional(),
    stuckAfterSeconds: z.number().positive().optional(),
    detectionLimit: z.number().optional(),
    baseline: z.enum(['none', 'hourOfDay']).default('none'),
  })
  .readonly()
export type ObservedProperty = z.infer<typeof ObservedProperty>

/** A gauge and its place. Degrees in CGCS2000; without coordinates the Thing stands in lists only. */
export const Thing = z
  .object({
    key: Key,
    name: Names,
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    owner: NamesOrText.optional(),
  })
  .readonly()
export type Thing = z.infer<typeof Thing>

/** One series: a Thing, an ObservedProperty, a cadence. `no` is its dense number in the World. */
export const Datastream = z
  .object({
    no: StreamNo,
    feed: FeedNo,
    key: Key,
    name: Names,
    thing: Key,
    property: Key,
    periodSeconds: z.number().positive(),
    staleAfterSeconds: z.number().positive(),
    covered: z.boolean().default(true),
    masked: z.boolean().default(false),
    thresholds: z.array(Threshold).readonly().default([]),
  })
  .readonly()
export type Datastream = z.infer<typeof Datastream>

/** A moving thing; never a person. */
export const Track = z
  .object({
    no: TrackNo,
    feed: FeedNo,
    key: Key,
    name: Names,
    subjectKind: z.enum(['vehicle', 'team', 'uav', 'vessel', 'train']),
    staleAfterSeconds: z.number().positive(),
  })
  .readonly()
export type Track = z.infer<typeof Track>

/** What the catalogue says of a Feed; its health is `domain/feedHealth.ts`. */
export const FeedEntry = z
  .object({
    no: FeedNo,
    key: Key,
    name: Names,
    owner: Names,
    steward: Names,
    licence: z.string(),
    periodSeconds: z.number().positive(),
  })
  .readonly()
export type FeedEntry = z.infer<typeof FeedEntry>

/** The catalogue of one World, as a screen loads it. `version` rises with every change. */
export const Catalogue = z
  .object({
    version: z.number().int().nonnegative(),
    feeds: z.array(FeedEntry).readonly(),
    things: z.array(Thing).readonly(),
    properties: z.array(ObservedProperty).readonly(),
    datastreams: z.array(Datastream).readonly(),
    tracks: z.array(Track).readonly(),
  })
  .readonly()
export type Catalogue = z.infer<typeof Catalogue>
