import type { ChannelView, MoversView, PictureView, ReadingsView } from '@/domain/api/picture'
import { RowState } from '@/domain/fold/columns'
import { PictureStore } from '@/domain/fold/picture'

/** The picture that an answer of `/api/worlds/:world/picture` describes, as the same store that a screen follows live. */
export function pictureOf(view: PictureView): PictureStore {
  const picture = new PictureStore()
  for (const channel of view.channels) put(picture, channel)
  return picture
}

function put(picture: PictureStore, view: ChannelView): void {
  switch (view.channel) {
    case 'readings':
      return putReadings(picture, view)
    case 'movers':
      return putMovers(picture, view)
    case 'reports':
      return putDocuments(picture.reports, view.reports)
    case 'alarms':
      return putDocuments(picture.alarms, view.alarms)
    case 'feeds':
      for (const health of view.feeds) picture.feeds.set(health.feed, health)
      return
    case 'incidents':
      return putDocuments(picture.incidents, view.incidents)
    case 'tasks':
      return putDocuments(picture.tasks, view.tasks)
    case 'activations':
      return putDocuments(picture.activations, view.activations)
    case 'decisions':
      return putDocuments(picture.decisions, view.decisions)
  }
}

function putDocuments<Document extends { readonly id: string }>(
  held: Map<string, Document>,
  documents: readonly Document[],
): void {
  for (const document of documents) held.set(document.id, document)
}

function putReadings({ readings: rows }: PictureStore, view: ReadingsView): void {
  view.stream.forEach((no, i) => {
    rows.reach(no)
    rows.value[no] = view.value[i]!
    rows.phenomenonTime[no] = view.phenomenonTime[i]!
    rows.knownTime[no] = view.knownTime[i]!
    rows.quality[no] = view.quality[i]!
    rows.state[no] = view.state[i]!
    rows.silentSince[no] = view.silentSince[i]!
    rows.epoch[no] = view.epoch[i]!
    rows.offset[no] = view.offset[i]!
  })
}

function putMovers({ movers: rows }: PictureStore, view: MoversView): void {
  view.track.forEach((no, i) => {
    rows.reach(no)
    rows.longitude[no] = view.longitude[i]!
    rows.latitude[no] = view.latitude[i]!
    rows.speed[no] = view.speed[i] ?? Number.NaN
    rows.heading[no] = view.heading[i] ?? Number.NaN
    rows.phenomenonTime[no] = view.phenomenonTime[i]!
    rows.knownTime[no] = view.knownTime[i]!
    rows.quality[no] = view.quality[i]!
    rows.state[no] = RowState.fresh
    rows.epoch[no] = view.epoch[i]!
    rows.offset[no] = view.offset[i]!
  })
}
