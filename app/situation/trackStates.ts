import type { Track } from '@/domain/catalogue'
import { trackStanding } from '@/domain/countOccurrences'
import type { MoverColumns } from '@/domain/fold/columns'
import { RowState } from '@/domain/fold/columns'
import type { Measured } from '@/domain/measured'
import { measureSpeed } from '@/domain/measureReading'
import type { EpochMillis } from '@/domain/time'
import { epochMillis } from '@/domain/time'

/** A Track with how it stands; `speed` in km/h, absent where none was told. */
export interface TrackState {
  readonly track: Track
  readonly standing: 'moving' | 'standing' | 'silent' | 'never'
  readonly speed: Measured
  /** Phenomenon time of its last position, World time. */
  readonly at: number | undefined
}

/** Every Track: those that move first, the fastest of them at the head. */
export function trackStates(movers: MoverColumns, tracks: readonly Track[], now: EpochMillis): TrackState[] {
  return tracks
    .map((track) => stateOf(movers, track, now))
    .sort(
      (a, b) => rank[a.standing] - rank[b.standing] || valueOf(b.speed) - valueOf(a.speed) || a.track.no - b.track.no,
    )
}

const rank = { moving: 0, standing: 1, silent: 2, never: 3 } as const
const valueOf = (of: Measured): number => (of.kind === 'value' ? of.value : 0)

function stateOf(movers: MoverColumns, track: Track, now: EpochMillis): TrackState {
  const { no } = track
  if (no >= movers.length || movers.state[no] === RowState.never)
    return { track, standing: 'never', speed: measureSpeed(no, undefined), at: undefined }
  const position = {
    phenomenonTime: movers.phenomenonTime[no]!,
    speed: movers.speed[no]!,
    quality: movers.quality[no]!,
    epoch: movers.epoch[no]!,
    offset: movers.offset[no]!,
  }
  const standing = trackStanding(track, position, now)
  const due = epochMillis(position.phenomenonTime + track.staleAfterSeconds * 1000)
  const speed = measureSpeed(no, position, standing === 'silent' ? due : undefined)
  return { track, standing, speed, at: position.phenomenonTime }
}
