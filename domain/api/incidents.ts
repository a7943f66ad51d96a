import { z } from 'zod'
import { SpokenBy } from '../access/actedBy'
import { Decision, DecisionOption } from '../decision/decision'
import { Uuid } from '../ids'
import {
  Consequence,
  Incident,
  IncidentFacts,
  IncidentPlace,
  IncidentSource,
  PeopleFigure,
  PeopleKind,
} from '../incident/incident'
import { CriterionValue } from '../incident/incidentLevel'
import { IncidentVerb } from '../incident/incidentState'
import { LogEntry } from '../incident/logEntry'
import { SubmissionKind } from '../incident/reporting'
import { Activation } from '../plan/activation'
import { Task } from '../task/task'
import { EpochMillis } from '../time'

/** For whom the act is entered; missing where the caller acts himself. */
const onBehalf = SpokenBy.optional()
/** The revision that the screen showed: a later one refuses the change as `incident.changedMeanwhile`. */
const rev = z.number().int().min(1)
const Text = z.string().trim().min(1).max(2000)
const Reason = z.string().trim().min(1).max(200)
/** Made by the screen, so that the same request sent twice is one act. */
const id = Uuid

/** The person who called: personal data, for desks alone, never on a wall. */
export const CallerSaid = z.object({
  name: z.string().trim().max(40).optional(),
  post: z.string().trim().max(60).optional(),
  phone: z
    .string()
    .trim()
    .max(30)
    .regex(/^[0-9+ ()-]*$/)
    .optional(),
})
export type CallerSaid = z.infer<typeof CallerSaid>

/** People as told at first: trapped, injured and so on; only what was said. */
export const PeopleSaid = z.partialRecord(PeopleKind, z.number().int().min(0).max(1_000_000))
export type PeopleSaid = z.infer<typeof PeopleSaid>

/** `POST /api/worlds/:world/calls`: what the call form (F2) holds. Seven fields; only place and words must be there. */
export const NewCall = z.object({
  id,
  receivedAt: EpochMillis,
  caller: CallerSaid.default({}),
  typeCode: z.string().max(12).default('11A02'),
  place: IncidentPlace,
  said: Text,
  people: PeopleSaid.default({}),
  /** Whom the caller has told already, and what was done. */
  measures: z.string().trim().max(500).optional(),
  /** What the call becomes: a new Incident, more about an open one, or a record only. */
  becomes: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('incident'), title: z.string().trim().min(1).max(60).optional() }),
    z.object({ kind: z.literal('followUp'), incident: Uuid }),
    z.object({ kind: z.literal('record') }),
  ]),
})
export type NewCall = z.output<typeof NewCall>
export type NewCallBody = z.input<typeof NewCall>

export const CallRecord = NewCall.extend({ recordedBy: z.string(), recordedAt: EpochMillis, incident: Uuid.optional() })
export type CallRecord = z.infer<typeof CallRecord>
/** `incident` is the one that the call opened or continued. */
export const CallAnswer = z.object({ call: CallRecord, incident: Incident.optional() })
export type CallAnswer = z.infer<typeof CallAnswer>

/** `GET /api/worlds/:world/calls`: the newest first. */
export const CallList = z.object({ calls: z.array(CallRecord) })
export type CallList = z.infer<typeof CallList>

/** `POST …/incidents`: opens one (立案) from an alarm, a report or by hand. */
export const OpenIncident = z.object({
  id,
  title: z.string().trim().min(1).max(60),
  typeCode: z.string().max(12),
  place: IncidentPlace,
  reportedAt: EpochMillis.optional(),
  occurredAt: EpochMillis.optional(),
  source: IncidentSource,
  people: PeopleSaid.default({}),
  condition: z.string().trim().max(120).optional(),
  parent: Uuid.optional(),
  onBehalf,
})
export type OpenIncident = z.output<typeof OpenIncident>
export type OpenIncidentBody = z.input<typeof OpenIncident>

/** `PUT …/incidents/:incident`: facts edited in place; those that are left out stay. */
export const EditIncident = IncidentFacts.partial().extend({
  rev,
  consequence: Consequence.nullable().optional(),
  onBehalf,
})
export type EditIncident = z.infer<typeof EditIncident>

/** `POST …/incidents/:incident/move`. */
export const MoveIncident = z.object({
  verb: IncidentVerb,
  reason: Reason.optional(),
  /** What speaks for it: the words of the evidence. */
  evidence: z.string().trim().min(1).max(200).optional(),
  onBehalf,
})
export type MoveIncident = z.infer<typeof MoveIncident>

/** `POST …/level`: criterion and value are stated, the level is computed; `confirm` makes 初判 a confirmed one. */
export const StateLevel = z.object({
  rev,
  criteria: z.array(CriterionValue).min(1).max(10),
  confirm: z.boolean().default(false),
  onBehalf,
})
export type StateLevel = z.output<typeof StateLevel>

/** `POST …/people`: a new version of one figure. */
export const CountPeople = z.object({
  kind: PeopleKind,
  value: z.number().int().min(0).max(1_000_000),
  at: EpochMillis.optional(),
  status: PeopleFigure.unwrap().shape.status.default('unverified'),
  source: z.string().trim().min(1).max(60),
  onBehalf,
})
export type CountPeople = z.output<typeof CountPeople>

/** `POST …/entries`: a line of the log; `corrects` names the line that it puts right. */
export const WriteEntry = z.object({
  id,
  kind: z.enum(['note', 'notice', 'decision']).default('note'),
  text: Text,
  corrects: z.number().int().optional(),
  onBehalf,
})
export type WriteEntry = z.output<typeof WriteEntry>

/** `POST …/reports`: a report was made, by telephone or in writing. */
export const MakeReport = z.object({
  kind: SubmissionKind,
  by: z.enum(['phone', 'written']),
  /** To whom, by post or office. */
  to: z.string().trim().min(1).max(80),
  /** 签发人. */
  signedBy: z.string().trim().max(60).optional(),
  text: z.string().trim().max(4000).optional(),
  onBehalf,
})
export type MakeReport = z.infer<typeof MakeReport>

/** `POST …/merge`: this one is part of another. */
export const MergeIncident = z.object({ into: Uuid, reason: Reason, onBehalf })
export type MergeIncident = z.infer<typeof MergeIncident>

/** `POST …/split`: some lines of the log, and the figures named, begin an Incident of their own. */
export const SplitIncident = z.object({
  id,
  title: z.string().trim().min(1).max(60),
  typeCode: z.string().max(12),
  place: IncidentPlace,
  entries: z.array(z.number().int()).max(200).default([]),
  reason: Reason,
  onBehalf,
})
export type SplitIncident = z.output<typeof SplitIncident>

/** `POST …/links`: two Incidents belong together; both show it. */
export const LinkIncident = z.object({ kind: z.enum(['causes', 'causedBy', 'parent', 'child', 'related']), to: Uuid })
export type LinkIncident = z.infer<typeof LinkIncident>

/** `POST …/moveEntry`: a line that was written to the wrong Incident. */
export const MoveEntry = z.object({ n: z.number().int(), to: Uuid, reason: Reason })
export type MoveEntry = z.infer<typeof MoveEntry>

/** `POST …/decisions`: asks for a decision with its default. */
export const AskDecision = z.object({
  id,
  question: z.string().trim().min(1).max(80),
  options: z.array(DecisionOption).min(1).max(4),
  byDefault: z.enum(['A', 'B', 'C', 'D']),
  decider: z.string().trim().min(1).max(60),
  consequence: z.string().trim().max(80).default(''),
  latestAt: EpochMillis,
})
export type AskDecision = z.output<typeof AskDecision>
export type AskDecisionBody = z.input<typeof AskDecision>

/** `POST …/decisions/:decision/{decide,dissent,withdraw}`. */
export const AnswerDecision = z.object({ option: z.enum(['A', 'B', 'C', 'D']), onBehalf })
export type AnswerDecision = z.infer<typeof AnswerDecision>
export const WithdrawDecision = z.object({ reason: Reason })

/** `GET …/incidents?state=open|all`: `open` is what the picture holds. */
export const IncidentsQuery = z.object({ state: z.enum(['open', 'all']).default('open') })
export const IncidentList = z.object({
  incidents: z.array(Incident),
  tasks: z.array(Task),
  activations: z.array(Activation),
  decisions: z.array(Decision),
})
export type IncidentList = z.infer<typeof IncidentList>

/** `GET …/incidents/:incident`: everything that a desk shows of one Incident; log oldest first. */
export const IncidentView = z.object({
  incident: Incident,
  tasks: z.array(Task),
  activations: z.array(Activation),
  decisions: z.array(Decision),
  log: z.array(LogEntry),
  calls: z.array(CallRecord),
})
export type IncidentView = z.infer<typeof IncidentView>
