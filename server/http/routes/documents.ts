import { Uuid } from '@/domain/ids'
import { SubmissionKind } from '@/domain/incident/reporting'
import { readIncident } from '@/server/command/incidents/readIncidents'
import { reportDocument } from '@/server/documents/reportDocument'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Papers that are drafted from data, by the templates of scenarios/documents. */
export function documentRoutes(parts: HttpParts): Route[] {
  const { postgres, catalogue } = parts
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/incidents/:incident/documents/:kind',
      action: 'incidents.read',
      summary: 'The first, continued or final report of an incident as .docx, drafted from what is known now.',
      async handle({ params, reply }) {
        const world = worldIn(parts, params)
        const kind = SubmissionKind.parse(params['kind'])
        const view = await readIncident(postgres, { world: world.no, id: Uuid.parse(params['incident']) }, false)
        const clock = new Intl.DateTimeFormat('zh-CN', {
          ...{ timeZone: world.timeZone, hour12: false, year: 'numeric', month: '2-digit', day: '2-digit' },
          ...{ hour: '2-digit', minute: '2-digit' },
        })
        const of = { view, kind, time: (moment: number) => clock.format(moment) }
        const bytes = await reportDocument(of, catalogue.worldTime(world.no))
        const name = `incident-${view.incident.no}-${kind}.docx`
        return reply.type(DOCX).header('content-disposition', `attachment; filename="${name}"`).send(bytes)
      },
    }),
  ]
}
