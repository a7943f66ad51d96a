import type { HttpParts } from './parts'
import type { Route, RouteEntry } from './route'
import { accountRoutes } from './routes/accounts'
import { auditRoutes } from './routes/audit'
import { chainRoutes } from './routes/chain'
import { cityRoutes } from './routes/cities'
import { closureRoutes } from './routes/closures'
import { alarmRoutes } from './routes/alarms'
import { documentRoutes } from './routes/documents'
import { feedRoutes } from './routes/feeds'
import { forecastRoutes } from './routes/forecasts'
import { historyRoutes } from './routes/history'
import { incidentRoutes } from './routes/incidents'
import { operationRoutes } from './routes/operations'
import { pictureRoutes } from './routes/picture'
import { planRoutes } from './routes/plans'
import { proposalRoutes } from './routes/proposals'
import { roadRoutes } from './routes/roads'
import { screenRoutes } from './routes/screens'
import { sensorThingsRoutes } from './routes/sensorThings'
import { sessionRoutes } from './routes/session'
import { wallRoutes } from './routes/walls'
import { shiftRoutes } from './routes/shifts'
import { taskRoutes } from './routes/tasks'
import { warningRoutes } from './routes/warnings'
import { worldRoutes } from './routes/worlds'

/** Every route of the interface but those of plugins; one file per subject. */
export function allRoutes(parts: HttpParts, entries: () => readonly RouteEntry[]): Route[] {
  return [
    ...operationRoutes(parts, entries),
    ...sessionRoutes(parts),
    ...accountRoutes(parts),
    ...screenRoutes(parts),
    ...worldRoutes(parts),
    ...pictureRoutes(parts),
    ...cityRoutes(parts),
    ...alarmRoutes(parts),
    ...incidentRoutes(parts),
    ...taskRoutes(parts),
    ...planRoutes(parts),
    ...shiftRoutes(parts),
    ...proposalRoutes(parts),
    ...documentRoutes(parts),
    ...auditRoutes(parts),
    ...chainRoutes(parts),
    ...feedRoutes(parts),
    ...historyRoutes(parts),
    ...roadRoutes(parts),
    ...closureRoutes(parts),
    ...sensorThingsRoutes(parts),
    ...warningRoutes(parts),
    ...forecastRoutes(parts),
    ...wallRoutes(parts),
  ]
}
