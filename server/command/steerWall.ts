import type { WallOrders } from '@/domain/api/wall'
import type { Actor } from '@/domain/api/session'
import { steer } from '@/domain/wall/steer'
import type { WallKey, WallLayout } from '@/domain/wall/wallLayout'
import type { WallAct } from '@/domain/wall/wallState'
import type { Clock } from '@/platform/clock'
import { Conflict, Forbidden, InvalidInput } from '@/platform/errors'
import type { Postgres, Transaction } from '@/platform/postgres/postgres'
import { inTransaction } from '@/platform/postgres/transaction'
import { appendAudit } from '../access/audit'
import type { Action } from '../access/authorise'
import { authorise } from '../access/authorise'
import { holdWall, keepLayout, keepState, stateOfVersion } from './wallRows'
import type { Said } from './wallRows'

/** Who steers, and where and when. */
export interface WallContext {
  readonly actor: Actor
  readonly postgres: Postgres
  readonly clock: Clock
}

/** Does one act of steering, for every tile at once. @throws Forbidden, InvalidInput, Unavailable */
export async function steerWall(context: WallContext, wall: WallKey, act: WallAct): Promise<WallOrders> {
  return ordered(context, wall, act, (held, now) => {
    const steered = steer(held.state.body, act, now)
    if ('refused' in steered) throw new InvalidInput(steered.refused)
    return Promise.resolve({ body: steered.state, undoTo: held.state.version })
  })
}

/** Takes the last act back that was not taken back yet. @throws Forbidden, Conflict, Unavailable */
export async function undoWall(context: WallContext, wall: WallKey): Promise<WallOrders> {
  return ordered(context, wall, { kind: 'undo' }, async (held, now, tx) => {
    const { undoTo } = held.state
    if (undoTo === undefined) throw new Conflict('wall.nothingToUndo')
    const was = await stateOfVersion(tx, wall, undoTo)
    const body = { ...was.body, movedAt: now }
    return was.undoTo === undefined ? { body } : { body, undoTo: was.undoTo }
  })
}

type Next = Pick<WallOrders['state'], 'body' | 'undoTo'>
type Now = ReturnType<Clock['now']>

async function ordered(
  { actor, postgres, clock }: WallContext,
  wall: WallKey,
  act: Said,
  next: (held: WallOrders, now: Now, tx: Transaction) => Promise<Next>,
): Promise<WallOrders> {
  demand(actor, 'walls.steer')
  return inTransaction(postgres, async (tx) => {
    const held = await holdWall(tx, wall)
    const at = clock.now()
    const state = { ...(await next(held, at, tx)), version: held.state.version + 1, by: actor.id, at }
    await keepState(tx, wall, act, state)
    const entry = { action: `walls.${act.kind}`, object: `wall/${wall} ${JSON.stringify(act)}`, result: 'ok' } as const
    await appendAudit(tx, { at, actor: actor.id, ...entry })
    return { ...held, state }
  })
}

/** The layout that is to be kept, and the version that it was edited from. */
export interface LayOut {
  readonly version: number
  readonly layout: WallLayout
}

/** Keeps a wall's new geometry. @throws Forbidden, Conflict when somebody else changed it meanwhile, Unavailable */
export async function layOutWall(context: WallContext, wall: WallKey, change: LayOut): Promise<WallOrders> {
  const { actor, postgres, clock } = context
  demand(actor, 'walls.layOut')
  return inTransaction(postgres, async (tx) => {
    const held = await holdWall(tx, wall)
    const { version } = held.layout
    if (version !== change.version) throw new Conflict('wall.layoutChanged', { version })
    const layout = { version: version + 1, body: change.layout, by: actor.id, at: clock.now() }
    await keepLayout(tx, wall, layout)
    const entry = { action: 'walls.layOut', object: `wall/${wall} ${layout.version}`, result: 'ok' } as const
    await appendAudit(tx, { at: layout.at, actor: actor.id, ...entry })
    return { ...held, layout }
  })
}

function demand(actor: Actor, action: Action): void {
  if (!authorise(actor, action)) throw new Forbidden('wall.notYours')
}
