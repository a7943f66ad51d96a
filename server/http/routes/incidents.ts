import * as api from '@/domain/api/incidents'
import { Decision } from '@/domain/decision/decision'
import { Uuid } from '@/domain/ids'
import { Incident } from '@/domain/incident/incident'
import { authorise } from '@/server/access/authorise'
import { answerRoutes } from './incidentActs'
import { askDecision } from '@/server/command/decisions/askDecision'
import { openIncident } from '@/server/command/incidents/openIncident'
import { readCalls } from '@/server/command/incidents/callRows'
import { readIncident, readIncidents } from '@/server/command/incidents/readIncidents'
import { recordCall } from '@/server/command/incidents/recordCall'
import { commandContextOf } from '../commandContextOf'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const WORLD = '/api/worlds/:world'
const MOST_CALLS = 200

/** Calls, Incidents and what is decided about them. */
export function incidentRoutes(parts: HttpParts): Route[] {
  const { postgres } = parts
  return [
    defineRoute({
      method: 'POST',
      path: `${WORLD}/calls`,
      action: 'calls.record',
      summary: 'Record a call (接报): it opens an incident, continues one, or is kept as a record.',
      body: api.NewCall,
      answer: api.CallAnswer,
      handle: ({ params, body, caller }) =>
        recordCall(commandContextOf(parts, caller), worldIn(parts, params).no, body),
    }),
    defineRoute({
      method: 'GET',
      path: `${WORLD}/calls`,
      action: 'calls.read',
      summary: 'The newest calls, with the callers: for desks alone.',
      answer: api.CallList,
      handle: async ({ params }) => ({ calls: await readCalls(postgres, worldIn(parts, params).no, MOST_CALLS) }),
    }),
    defineRoute({
      method: 'GET',
      path: `${WORLD}/incidents`,
      action: 'incidents.read',
      summary: 'Incidents with their tasks, decisions and plans: the open ones, or all.',
      query: api.IncidentsQuery,
      answer: api.IncidentList,
      handle: ({ params, query }) => readIncidents(postgres, worldIn(parts, params).no, query.state === 'all'),
    }),
    defineRoute({
      method: 'POST',
      path: `${WORLD}/incidents`,
      action: 'incidents.open',
      summary: 'Open an incident (立案) from an alarm, a report or by hand.',
      body: api.OpenIncident,
      answer: Incident,
      handle: ({ params, body, caller }) =>
        openIncident(commandContextOf(parts, caller), worldIn(parts, params).no, body),
    }),
    ...oneIncidentRoutes(parts),
    ...answerRoutes(parts),
  ]
}

function oneIncidentRoutes(parts: HttpParts): Route[] {
  const { postgres } = parts
  return [
    defineRoute({
      method: 'GET',
      path: `${WORLD}/incidents/:incident`,
      action: 'incidents.read',
      summary: 'One incident with its tasks, decisions, plans and log; its calls for desks.',
      answer: api.IncidentView,
      handle: ({ params, caller }) => {
        const one = { world: worldIn(parts, params).no, id: Uuid.parse(params['incident']) }
        return readIncident(postgres, one, authorise(caller.actor, 'calls.read'))
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${WORLD}/incidents/:incident/decisions`,
      action: 'decisions.ask',
      summary: 'Ask for a decision: options, the default, and the latest moment, at which the default is carried out.',
      body: api.AskDecision,
      answer: Decision,
      handle: ({ params, body, caller }) => {
        const one = { world: worldIn(parts, params).no, id: Uuid.parse(params['incident']) }
        return askDecision(commandContextOf(parts, caller), one, body)
      },
    }),
  ]
}
