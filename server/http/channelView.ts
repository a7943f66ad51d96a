import type { ChannelView, MoversView, ReadingsView } from '@/domain/api/picture'
import { RowState } from '@/domain/fold/columns'
import { applyKeyframe } from '@/domain/fold/delta'
import type { Channel, Keyframe } from '@/domain/fold/delta'
import { PictureStore } from '@/domain/fold/picture'

/** One channel of a picture as columns and documents of plain JSON. Rows that were never heard are left out. */
export function channelView(picture: PictureStore, channel: Channel): ChannelView {
  switch (channel) {
    case 'readings':
      return readingsView(picture)
    case 'movers':
      return moversView(picture)
    case 'reports':
      return { channel, reports: [...picture.reports.values()] }
    case 'alarms':
      return { channel, alarms: [...picture.alarms.values()] }
    case 'feeds':
      return { channel, feeds: [...picture.feeds.values()] }
    case 'incidents':
      return { channel, incidents: [...picture.incidents.values()] }
    case 'tasks':
      return { channel, tasks: [...picture.tasks.values()] }
    case 'activations':
      return { channel, activations: [...picture.activations.values()] }
    case 'decisions':
      return { channel, decisions: [...picture.decisions.values()] }
  }
}

/** What a keyframe says, by the same code that a screen runs on it. */
export function keyframeBody(keyframe: Keyframe): ChannelView {
  const picture = new PictureStore()
  applyKeyframe(picture, { epoch: 0, seq: 0 }, keyframe)
  return channelView(picture, keyframe.body.channel)
}

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array

function heard(rows: { readonly length: number; readonly state: Uint8Array }): number[] {
  const nos: number[] = []
  for (let no = 0; no < rows.length; no++) if (rows.state[no] !== RowState.never) nos.push(no)
  return nos
}

const picked = (column: Numbers, nos: readonly number[]): number[] => nos.map((no) => column[no]!)
const known = (column: Numbers, nos: readonly number[]): (number | null)[] =>
  nos.map((no) => (Number.isNaN(column[no]) ? null : column[no]!))

function readingsView({ readings }: PictureStore): ReadingsView {
  const nos = heard(readings)
  return {
    channel: 'readings',
    stream: nos,
    value: picked(readings.value, nos),
    phenomenonTime: picked(readings.phenomenonTime, nos),
    knownTime: picked(readings.knownTime, nos),
    quality: picked(readings.quality, nos),
    state: picked(readings.state, nos),
    silentSince: picked(readings.silentSince, nos),
    epoch: picked(readings.epoch, nos),
    offset: picked(readings.offset, nos),
  }
}

function moversView({ movers }: PictureStore): MoversView {
  const nos = heard(movers)
  return {
    channel: 'movers',
    track: nos,
    longitude: picked(movers.longitude, nos),
    latitude: picked(movers.latitude, nos),
    speed: known(movers.speed, nos),
    heading: known(movers.heading, nos),
    phenomenonTime: picked(movers.phenomenonTime, nos),
    knownTime: picked(movers.knownTime, nos),
    quality: picked(movers.quality, nos),
    epoch: picked(movers.epoch, nos),
    offset: picked(movers.offset, nos),
  }
}
