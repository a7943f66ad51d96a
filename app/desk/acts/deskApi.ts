import type { z } from 'zod'
import type { AskDecisionBody, NewCallBody } from '@/domain/api/incidents'
import { CallAnswer } from '@/domain/api/incidents'
import type {
  AnswerDecision,
  CountPeople,
  EditIncident,
  LinkIncident,
  MakeReport,
  MergeIncident,
  MoveIncident,
  OpenIncidentBody,
  StateLevel,
  WriteEntry,
} from '@/domain/api/incidents'
import type { MoveActivation, ProposeActivation } from '@/domain/api/plans'
import type { MoveShift, ShiftVerb } from '@/domain/api/shifts'
import type { EnterWarning } from '@/domain/api/warnings'
import type { CallOutTask, MoveTaskBody, NewTaskBody, SignTask } from '@/domain/api/tasks'
import { getJson, send } from '@/app/fetch/getJson'

type Body<Schema extends z.ZodType> = z.input<Schema>

/** The commands of a desk on one World. Each throws Refused with the server's code. */
export function deskApi(world: string) {
  const base = `/api/worlds/${encodeURIComponent(world)}`
  const post = async (path: string, body: unknown = {}): Promise<void> => {
    await send(`${base}${path}`, { method: 'POST', body })
  }
  const of = (incident: string) => `/incidents/${incident}`
  return {
    call: (body: NewCallBody) => getJson(CallAnswer, `${base}/calls`, { method: 'POST', body }),
    open: (body: OpenIncidentBody) => post('/incidents', body),
    edit: (incident: string, body: Body<typeof EditIncident>) =>
      send(`${base}${of(incident)}`, { method: 'PUT', body }),
    move: (incident: string, body: MoveIncident) => post(`${of(incident)}/move`, body),
    level: (incident: string, body: Body<typeof StateLevel>) => post(`${of(incident)}/level`, body),
    people: (incident: string, body: Body<typeof CountPeople>) => post(`${of(incident)}/people`, body),
    write: (incident: string, body: Body<typeof WriteEntry>) => post(`${of(incident)}/entries`, body),
    report: (incident: string, body: MakeReport) => post(`${of(incident)}/reports`, body),
    merge: (incident: string, body: MergeIncident) => post(`${of(incident)}/merge`, body),
    link: (incident: string, body: LinkIncident) => post(`${of(incident)}/links`, body),
    order: (incident: string, body: NewTaskBody) => post(`${of(incident)}/tasks`, { tasks: [body] }),
    moveTask: (task: string, body: MoveTaskBody) => post(`/tasks/${task}/move`, body),
    approve: (task: string, body: SignTask) => post(`/tasks/${task}/approve`, body),
    countersign: (task: string, body: SignTask) => post(`/tasks/${task}/countersign`, body),
    undo: (task: string) => post(`/tasks/${task}/undo`),
    seen: (task: string) => post(`/tasks/${task}/seen`),
    callOut: (task: string, body: CallOutTask) => post(`/tasks/${task}/callOut`, body),
    askDecision: (incident: string, body: AskDecisionBody) => post(`${of(incident)}/decisions`, body),
    enterWarning: (body: Body<typeof EnterWarning>) => post('/entries/warnings', body),
    moveShift: (verb: ShiftVerb, body: Body<typeof MoveShift>) => post(`/shifts/${verb}`, body),
    proposePlan: (body: ProposeActivation) => post('/activations', body),
    movePlan: (activation: string, body: MoveActivation) => post(`/activations/${activation}/move`, body),
    decide: (decision: string, body: AnswerDecision) => post(`/decisions/${decision}/decide`, body),
  }
}
export type DeskApi = ReturnType<typeof deskApi>
