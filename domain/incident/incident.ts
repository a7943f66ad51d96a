import { z } from 'zod'
import { ActedBy } from '../access/actedBy'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'
import { CriterionValue, IncidentLevel, LevelCriterion } from './incidentLevel'
import { IncidentState } from './incidentState'
import { ReportClock } from './reporting'

/** Where it is, in people's words; degrees in CGCS2000 where somebody has pointed at the map. */
export const IncidentPlace = z
  .object({
    text: z.string().trim().min(1).max(120),
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
  })
  .readonly()
export type IncidentPlace = z.infer<typeof IncidentPlace>

/** Figures of people; counted ones replace each other, and the log keeps every version. */
export const PeopleKind = z.enum(['trapped', 'missing', 'injured', 'dead', 'evacuated', 'sheltered', 'affected'])
export type PeopleKind = z.infer<typeof PeopleKind>

/** A figure of people with its reporter and its moment; `unverified` until somebody has confirmed it. */
export const PeopleFigure = z
  .object({
    value: z.number().int().min(0),
    at: EpochMillis,
    status: z.enum(['unverified', 'verified']),
    /** The post or department that told it. */
    source: z.string().trim().min(1).max(60),
    version: z.number().int().min(1),
  })
  .readonly()
export type PeopleFigure = z.infer<typeof PeopleFigure>

/** What first spoke of it. `ref` is the id of a call, alarm or report. */
export const IncidentSource = z
  .object({
    kind: z.enum(['call', 'alarm', 'report', 'warning', 'manual', 'split']),
    ref: z.string().max(80).optional(),
  })
  .readonly()
export type IncidentSource = z.infer<typeof IncidentSource>

/** What a stated level rests on. 初判 until somebody confirmed it. */
export const StatedLevel = z
  .object({
    value: IncidentLevel,
    basis: z.enum(['initial', 'confirmed']),
    criterion: LevelCriterion,
    number: z.number().min(0),
    criteria: z.array(CriterionValue).readonly(),
    by: ActedBy,
    confirmedBy: ActedBy.optional(),
  })
  .readonly()
export type StatedLevel = z.infer<typeof StatedLevel>

/** The consequence that a clock runs towards: 「距站厅 30 cm」. `at` is the latest useful moment. */
export const Consequence = z.object({ text: z.string().trim().min(1).max(80), at: EpochMillis }).readonly()
export type Consequence = z.infer<typeof Consequence>

export const IncidentLink = z
  .object({ kind: z.enum(['causes', 'causedBy', 'parent', 'child', 'related']), id: Uuid })
  .readonly()
export type IncidentLink = z.infer<typeof IncidentLink>

/** An occurrence that needs a response: one, whatever the number of departments. Times in the World's clock. */
export const Incident = z
  .object({
    id: Uuid,
    /** The short number by which people cite it (「3 号」), fixed for its life. */
    no: z.number().int().min(1),
    /** Rises with every change; an edit says which one it saw. */
    rev: z.number().int().min(1),
    title: z.string().trim().min(1).max(60),
    typeCode: z.string().max(12),
    state: IncidentState,
    place: IncidentPlace,
    /** 接报时间: the reporting clocks start here. */
    reportedAt: EpochMillis,
    occurredAt: EpochMillis.optional(),
    source: IncidentSource,
    /** Codes of departments. */
    lead: z.string().max(12),
    support: z.array(z.string().max(12)).readonly(),
    level: StatedLevel.optional(),
    people: z.partialRecord(PeopleKind, PeopleFigure).readonly(),
    /** One line that changes as it goes on: 「47 cm ↑ 两端已封」. */
    condition: z.string().trim().max(120).optional(),
    consequence: Consequence.optional(),
    clocks: z.array(ReportClock).readonly(),
    links: z.array(IncidentLink).readonly(),
    mergedInto: Uuid.optional(),
    movedAt: EpochMillis,
    /** Number of its last log entry: a screen that shows the log asks again when it rises. */
    lastEntry: z.number().int().min(1),
  })
  .readonly()
export type Incident = z.infer<typeof Incident>

/** What somebody may edit in place; everything else has its own verb. */
export const IncidentFacts = Incident.unwrap().pick({
  title: true,
  typeCode: true,
  place: true,
  occurredAt: true,
  lead: true,
  support: true,
  condition: true,
})
export type IncidentFacts = z.infer<typeof IncidentFacts>
