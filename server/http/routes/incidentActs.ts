import type { z } from 'zod'
import * as api from '@/domain/api/incidents'
import { Decision } from '@/domain/decision/decision'
import { Uuid } from '@/domain/ids'
import { Incident } from '@/domain/incident/incident'
import type { Action } from '@/server/access/authorise'
import type { CommandContext } from '@/server/command/commandContext'
import { decide, dissent, withdrawDecision } from '@/server/command/decisions/answerDecision'
import type { OneDecision } from '@/server/command/decisions/answerDecision'
import type { OneIncident } from '@/server/command/incidents/act'
import { countPeople } from '@/server/command/incidents/countPeople'
import { editIncident } from '@/server/command/incidents/editIncident'
import { makeReport } from '@/server/command/incidents/makeReport'
import { linkIncident, mergeIncident, moveEntry, splitIncident } from '@/server/command/incidents/mergeIncident'
import { moveIncident } from '@/server/command/incidents/moveIncident'
import { stateLevel } from '@/server/command/incidents/stateLevel'
import { writeEntry } from '@/server/command/incidents/writeEntry'
import { commandContextOf } from '../commandContextOf'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Method, Route } from '../route'
import { worldIn } from './worlds'

interface ActSpec<Body extends z.ZodType, Of> {
  readonly method?: Method
  /** After the path of the Incident or Decision; empty for the thing itself. */
  readonly verb: string
  readonly action: Action
  readonly summary: string
  readonly body: Body
  readonly run: (
    context: CommandContext,
    one: { world: OneIncident['world']; id: string },
    body: z.output<Body>,
  ) => Promise<Of>
}

/** Acts on one Incident or one Decision: each answers with the thing as it is afterwards. */
export function answerRoutes(parts: HttpParts): Route[] {
  const onIncident = <Body extends z.ZodType>(spec: ActSpec<Body, Incident>): Route =>
    defineRoute({
      method: spec.method ?? 'POST',
      path: `/api/worlds/:world/incidents/:incident${spec.verb}`,
      action: spec.action,
      summary: spec.summary,
      body: spec.body,
      answer: Incident,
      handle: ({ params, body, caller }) =>
        spec.run(commandContextOf(parts, caller), oneOf(parts, params, 'incident'), body),
    })
  const onDecision = <Body extends z.ZodType>(spec: ActSpec<Body, Decision>): Route =>
    defineRoute({
      method: 'POST',
      path: `/api/worlds/:world/decisions/:decision${spec.verb}`,
      action: spec.action,
      summary: spec.summary,
      body: spec.body,
      answer: Decision,
      handle: ({ params, body, caller }) =>
        spec.run(commandContextOf(parts, caller), oneOf(parts, params, 'decision'), body),
    })
  return [...factRoutes(onIncident), ...joinRoutes(onIncident), ...decisionRoutes(onDecision)]
}

type OnIncident = <Body extends z.ZodType>(spec: ActSpec<Body, Incident>) => Route
type OnDecision = <Body extends z.ZodType>(spec: ActSpec<Body, Decision>) => Route

/** What is so, and how it goes on. */
function factRoutes(onIncident: OnIncident): Route[] {
  return [
    onIncident({
      method: 'PUT',
      verb: '',
      action: 'incidents.edit',
      summary: 'Edit facts in place; refused when somebody changed them since `rev`.',
      body: api.EditIncident,
      run: editIncident,
    }),
    onIncident({
      verb: '/move',
      action: 'incidents.move',
      summary: 'Verify, refute, accept, delegate, escalate, control, relapse, end or archive.',
      body: api.MoveIncident,
      run: moveIncident,
    }),
    onIncident({
      verb: '/level',
      action: 'incidents.move',
      summary: 'State the statutory level by criterion and value; it is computed, and initial until confirmed.',
      body: api.StateLevel,
      run: stateLevel,
    }),
    onIncident({
      verb: '/people',
      action: 'incidents.write',
      summary: 'A new version of one figure of people, with its reporter and moment.',
      body: api.CountPeople,
      run: countPeople,
    }),
    onIncident({
      verb: '/entries',
      action: 'incidents.write',
      summary: 'Write a line of the log; nothing is ever taken out of it.',
      body: api.WriteEntry,
      run: writeEntry,
    }),
    onIncident({
      verb: '/reports',
      action: 'incidents.edit',
      summary: 'A first, continued or final report was made, by telephone or in writing.',
      body: api.MakeReport,
      run: makeReport,
    }),
  ]
}

/** What somebody must decide. */
function decisionRoutes(onDecision: OnDecision): Route[] {
  return [
    onDecision({
      verb: '/decide',
      action: 'decisions.answer',
      summary: 'Decide for an option; its executor has the order at once.',
      body: api.AnswerDecision,
      run: decide,
    }),
    onDecision({
      verb: '/dissent',
      action: 'decisions.answer',
      summary: 'Say that you would do otherwise.',
      body: api.AnswerDecision,
      run: dissent,
    }),
    onDecision({
      verb: '/withdraw',
      action: 'decisions.ask',
      summary: 'Take the question back.',
      body: api.WithdrawDecision,
      run: (context, one, { reason }) => withdrawDecision(context, one, reason),
    }),
  ]
}

/** What is one and what is two. */
function joinRoutes(onIncident: OnIncident): Route[] {
  return [
    onIncident({
      verb: '/merge',
      action: 'incidents.edit',
      summary: 'This one is part of another: its tasks go over; the answer is the other.',
      body: api.MergeIncident,
      run: mergeIncident,
    }),
    onIncident({
      verb: '/split',
      action: 'incidents.edit',
      summary: 'Some lines of the log begin an incident of their own; the answer is the new one.',
      body: api.SplitIncident,
      run: splitIncident,
    }),
    onIncident({
      verb: '/links',
      action: 'incidents.edit',
      summary: 'Say that two belong together: cause, parent, or related; both show it.',
      body: api.LinkIncident,
      run: linkIncident,
    }),
    onIncident({
      verb: '/moveEntry',
      action: 'incidents.edit',
      summary: 'A line of the log that was written to the wrong incident.',
      body: api.MoveEntry,
      run: moveEntry,
    }),
  ]
}

function oneOf(parts: HttpParts, params: Readonly<Record<string, string>>, name: string): OneIncident & OneDecision {
  return { world: worldIn(parts, params).no, id: Uuid.parse(params[name]) }
}
