import { SequenceGap } from '@/domain/fold/delta'
import { decodeFrame } from './frame'
import type { Frame } from './frame'
import type { Term } from './term'
import type { WorldLive } from './worldLive'

/** Figures of the live room for /health. */
export interface LiveState {
  readonly worlds: readonly { world: string; role: 'leading' | 'warming' | 'following'; epoch: number }[]
  readonly peers: number
  readonly redisUp: boolean
  readonly screens: number
}

/** One World on this server, and the term in which this server leads it, if it does. */
export interface HeldWorld {
  readonly of: WorldLive
  term: Term | undefined
  /** Keyframes are asked for: by a follower of us, or by us of the leader. */
  wanted: boolean
}

export function stateOf({ of, term }: HeldWorld): LiveState['worlds'][number] {
  return { world: of.live.world.key, role: roleOf(term), epoch: of.live.position('readings').epoch }
}

function roleOf(term: Term | undefined): LiveState['worlds'][number]['role'] {
  if (term === undefined) return 'following'
  return term.isNumbering ? 'leading' : 'warming'
}

/**
 * Takes in a frame of the World's leader, `at` machine time. `gap`: some of its deltas never came. `past`: it comes
 * from a leader that does not know yet that it is none.
 */
export function hearLeader({ of }: HeldWorld, frame: Frame, at: number): 'pulse' | 'taken' | 'gap' | 'past' {
  const received = decodeFrame(frame)
  if (received.payload.epoch < of.live.position('readings').epoch) return 'past'
  if (received.name === 'pulse') return 'pulse'
  try {
    of.take(received, { frame, at })
    return 'taken'
  } catch (cause) {
    if (cause instanceof SequenceGap) return 'gap'
    throw cause
  }
}
