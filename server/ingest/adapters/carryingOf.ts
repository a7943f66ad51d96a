import { join } from 'node:path'
import type { Env } from '@/platform/env'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import type { AdapterParts, Carrying } from './adapter'
import type { Carrier } from './carrier'
import { FolderWatch } from './folderWatch'
import { HttpPoll } from './httpPoll'
import { Jt808Listener } from './jt808Listener'
import { MqttSubscriber } from './mqttSubscriber'
import { SqlPoll } from './sqlPoll'
import { WebSocketSource } from './webSocketSource'

export type AdaptersEnv = Pick<Env, 'BELFRY_VAR' | 'HOST' | 'MQTT_URL' | 'MQTT_PORT'>

/** Feeds that come by themselves need nobody who carries them. */
export const isCarried = ({ mapping: { source } }: FeedRecord): boolean =>
  source.kind !== 'push' && source.kind !== 'files'

/** What carries a feed, by the kind of its source: one adapter each. */
export function carryingOf(feed: FeedRecord, carrier: Carrier, parts: AdapterParts, env: AdaptersEnv): Carrying {
  const made = adapterOf(feed, carrier, parts, env)
  return (signal) => made.run(signal)
}

function adapterOf(feed: FeedRecord, carrier: Carrier, parts: AdapterParts, env: AdaptersEnv): { run: Carrying } {
  const { source } = feed.mapping
  switch (source.kind) {
    case 'poll':
      return new HttpPoll(parts, { feed, source }, carrier)
    case 'folder':
      return new FolderWatch(parts, { feed, source }, { carrier, drop: join(env.BELFRY_VAR, 'drop') })
    case 'sql':
      return new SqlPoll(parts, { feed, source }, carrier)
    case 'webSocket':
      return new WebSocketSource(parts, { feed, source }, carrier)
    case 'listen':
      return new Jt808Listener(parts, { feed, source }, { carrier, host: env.HOST })
    case 'mqtt':
      if (env.MQTT_URL === undefined) return failing('MQTT_URL is not set: this feed listens to a broker elsewhere.')
      return new MqttSubscriber(parts, { feed, source }, { carrier, url: env.MQTT_URL })
    default:
      return failing(`A feed of kind ${source.kind} comes by itself.`)
  }
}

const failing = (message: string): { run: Carrying } => ({ run: () => Promise.reject(new Error(message)) })
