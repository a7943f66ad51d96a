import { z } from 'zod'
import { ActedBy } from '../access/actedBy'
import { Authority, TaskAct } from '../access/authority'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'
import { TaskState } from './taskState'

/** What a Task is proved by, beside the word of whoever did it. */
export const TaskEvidence = z
  .object({
    kind: z.enum(['sensor', 'video', 'photo', 'call', 'otherDepartment', 'onSite']),
    text: z.string().trim().min(1).max(200),
    /** Number of the Datastream whose reading proves it. */
    stream: z.number().int().optional(),
  })
  .readonly()
export type TaskEvidence = z.infer<typeof TaskEvidence>

/** The instruction that carries a Task to one department: the next one begins when it is assigned again. */
export const Order = z
  .object({
    no: z.number().int().min(1),
    to: z.string().max(12),
    issued: ActedBy,
    /** How it left: over Belfry, or by somebody's voice. */
    channel: z.enum(['belfry', 'phone', 'radio', 'inPerson']),
    /** Receipts, in the order in which they come. */
    sent: ActedBy.optional(),
    seen: ActedBy.optional(),
    accepted: ActedBy.optional(),
    started: ActedBy.optional(),
    reportedDone: ActedBy.optional(),
    verified: ActedBy.optional(),
    refused: ActedBy.optional(),
  })
  .readonly()
export type Order = z.infer<typeof Order>

/** A call to the person who must answer: 叫应. */
export const CallOut = z
  .object({
    step: z.enum(['call', 'callAgain', 'nextPost', 'toTheDoor']),
    post: z.string().trim().min(1).max(60),
    answered: z.boolean(),
    by: ActedBy,
  })
  .readonly()
export type CallOut = z.infer<typeof CallOut>

/** Signed afterwards, since the act could not wait. */
export const Countersign = z.object({ dueAt: EpochMillis, done: ActedBy.optional() }).readonly()

/** One thing that one department must do about an Incident. Times in the World's clock. */
export const Task = z
  .object({
    id: Uuid,
    incident: Uuid,
    /** Its number within the Incident. */
    no: z.number().int().min(1),
    rev: z.number().int().min(1),
    title: z.string().trim().min(1).max(80),
    act: TaskAct,
    authority: Authority,
    state: TaskState,
    /** Code of the department that has it. */
    to: z.string().max(12),
    support: z.array(z.string().max(12)).readonly(),
    place: z.string().trim().max(120).optional(),
    /** Keys of the units that are committed to it. */
    units: z.array(z.string().max(120)).readonly(),
    created: ActedBy,
    /** Minutes allowed, counted from the order. */
    ackMinutes: z.number().min(1).max(240),
    doneMinutes: z
      .number()
      .min(1)
      .max(7 * 24 * 60),
    ackDue: EpochMillis.optional(),
    doneDue: EpochMillis.optional(),
    approvals: z.array(ActedBy).readonly(),
    countersign: Countersign.optional(),
    /** The last one stands. */
    orders: z.array(Order).readonly(),
    callOuts: z.array(CallOut).readonly(),
    /** The rung of the ladder that is due, as the clock last said. */
    ladder: CallOut.unwrap().shape.step.optional(),
    /** Why it was refused or is blocked. */
    problem: z.string().trim().max(200).optional(),
    evidence: z.array(TaskEvidence).readonly(),
    /** The order can still be taken back without a word until then. */
    undoUntil: EpochMillis.optional(),
    /** What made it: a plan's activation and the task in the plan. */
    activation: Uuid.optional(),
    template: z.string().max(40).optional(),
    movedAt: EpochMillis,
  })
  .readonly()
export type Task = z.infer<typeof Task>

/** How long an order may be taken back without a reason. */
export const UNDO_SECONDS = 30

/** The order that stands. */
export const standingOrder = (task: Pick<Task, 'orders'>): Order | undefined => task.orders.at(-1)
