import type { CommandContext } from '@/server/command/commandContext'
import { NotSignedIn } from '@/server/access/refusals'
import type { Caller } from './caller'
import type { HttpParts } from './parts'

/** The context of a command that a caller asks for. @throws NotSignedIn */
export function commandContextOf({ postgres, clock, catalogue }: HttpParts, { actor }: Caller): CommandContext {
  if (actor === null) throw new NotSignedIn('access.signInFirst')
  return { actor, postgres, clock, worldTime: catalogue.worldTime.bind(catalogue) }
}
