import type { ActedBy } from '@/domain/access/actedBy'
import type { MoveShift, ShiftVerb } from '@/domain/api/shifts'
import type { WorldNo } from '@/domain/ids'
import { handoverItems } from '@/domain/shift/handoverItems'
import type { Shift } from '@/domain/shift/shift'
import { uuidv7 } from '@/platform/clock'
import { Conflict, InvalidInput } from '@/platform/errors'
import { appendAudit } from '@/server/access/audit'
import type { CommandContext } from '../commandContext'
import { acting } from '../incidents/act'
import type { Acting } from '../incidents/act'
import { readIncidents } from '../incidents/readIncidents'
import { holdShift, keepShift } from './shiftRows'

/**
 * Begins the first shift, drafts a handover, and signs it: the one who leaves, then another who comes and with whom the
 * next shift begins. @throws Forbidden, InvalidInput, Conflict
 */
export async function moveShift(
  context: CommandContext,
  { world, verb }: { readonly world: WorldNo; readonly verb: ShiftVerb },
  input: MoveShift,
): Promise<Shift> {
  return acting(context, world, { action: 'shifts.hand', onBehalf: input.onBehalf }, async (one) => {
    const held = await holdShift(one.tx, world)
    const shift = verb === 'begin' ? begun(one, held) : await moved(one, held, { verb, input })
    await keepShift(one.tx, world, shift)
    const object = `shift/${shift.id}`
    const detail = JSON.stringify({ no: shift.no, onBehalf: one.by.onBehalf })
    const entry = { at: context.clock.now(), actor: one.by.actor, action: `shift.${verb}`, object, detail } as const
    await appendAudit(one.tx, { ...entry, result: 'ok' })
    return shift
  })
}

function begun({ context, at, by }: Acting, held: Shift | undefined): Shift {
  if (held !== undefined) throw new Conflict('shift.isOn', { no: held.no })
  return { id: uuidv7(context.clock), no: 1, state: 'on', began: by, items: [], movedAt: at }
}

interface Moving {
  readonly verb: Exclude<ShiftVerb, 'begin'>
  readonly input: MoveShift
}

async function moved(one: Acting, held: Shift | undefined, { verb, input }: Moving): Promise<Shift> {
  if (held === undefined) throw new Conflict('shift.noneIsOn')
  const { at: movedAt, by } = one
  switch (verb) {
    case 'prepare': {
      const { signedOut: _signedOut, ...kept } = held
      const items = handoverItems(await readIncidents(one.tx, one.world, false))
      return { ...kept, state: 'handover', items, movedAt }
    }
    case 'signOut': {
      const items = input.items ?? held.items
      if (held.state !== 'handover') throw new Conflict('shift.notPrepared')
      if (items.length === 0 || items.some(({ checked }) => !checked)) throw new InvalidInput('shift.notChecked')
      return { ...held, items, signedOut: by, movedAt }
    }
    case 'signIn': {
      if (held.signedOut === undefined) throw new Conflict('shift.notSignedOut')
      if (mouth(by) === mouth(held.signedOut)) throw new Conflict('shift.anotherSigns')
      await keepShift(one.tx, one.world, { ...held, state: 'closed', signedIn: by, movedAt })
      return { id: uuidv7(one.context.clock), no: held.no + 1, state: 'on', began: by, items: [], movedAt }
    }
  }
}

const mouth = ({ actor, onBehalf }: ActedBy): string => (onBehalf === undefined ? actor : `post:${onBehalf.post}`)
