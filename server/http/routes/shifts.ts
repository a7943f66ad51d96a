import { MoveShift, ShiftList, ShiftVerb } from '@/domain/api/shifts'
import { Shift } from '@/domain/shift/shift'
import { moveShift } from '@/server/command/shifts/moveShift'
import { readShifts } from '@/server/command/shifts/shiftRows'
import { commandContextOf } from '../commandContextOf'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const SHIFTS_SHOWN = 30

/** Shifts of a World's desk and their handovers. */
export function shiftRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/shifts',
      action: 'incidents.read',
      summary: 'Shifts with their handovers, the newest first.',
      answer: ShiftList,
      handle: async ({ params }) => ({
        shifts: await readShifts(parts.postgres, worldIn(parts, params).no, SHIFTS_SHOWN),
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/worlds/:world/shifts/:verb',
      action: 'shifts.hand',
      summary:
        'Begin the first shift; prepare, sign out of and sign into a handover. Answers with the shift that is on.',
      body: MoveShift,
      answer: Shift,
      handle: ({ params, body, caller }) => {
        const one = { world: worldIn(parts, params).no, verb: ShiftVerb.parse(params['verb']) }
        return moveShift(commandContextOf(parts, caller), one, body)
      },
    }),
  ]
}
