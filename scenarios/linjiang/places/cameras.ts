import { along, lengthOf } from '../curve'
import type { Point } from '../curve'
import { PLAN_ROADS } from '../plan/network'
import { Dice, textKey } from '../random'
import type { FacilitiesInput, RawPlace } from './facilities'

/** Metres between cameras along a great road. */
const EVERY = { trunk: 600, primary: 480, secondary: 900 } as const

/** Cameras over the great roads and at both ends of every underpass; pose: bearing and tilt in degrees, height, field of view. */
export function cameraPlaces({ layout }: FacilitiesInput): RawPlace[] {
  const out: RawPlace[] = []
  for (const { key, name, class: cls, line } of PLAN_ROADS) {
    if (cls !== 'trunk' && cls !== 'primary' && cls !== 'secondary') continue
    const dice = new Dice(textKey(key), 9)
    const length = lengthOf(line)
    for (let at = dice.between(80, 300); at < length; at += EVERY[cls] * dice.between(0.8, 1.2)) {
      const { point, direction } = along(line, at)
      if (Math.max(Math.abs(point[0]), Math.abs(point[1])) > 9_900) continue
      const no = out.length + 1
      out.push(
        camera(`camera-${no}`, `${name['zh-CN']}${no}号`, `${name.en} ${no}`, {
          point,
          direction: direction + (dice.next() < 0.5 ? Math.PI : 0),
        }),
      )
    }
  }
  for (const { key, name, stretch } of layout.underpasses)
    for (const [i, zh, en] of [
      [0, '北口', 'near end'],
      [1, '南口', 'far end'],
    ] as const) {
      const [from, to] = i === 0 ? [stretch[0]!, stretch.at(-1)!] : [stretch.at(-1)!, stretch[0]!]
      out.push(
        camera(`camera-${key}-${i + 1}`, `${name['zh-CN']}${zh}`, `${name.en}, ${en}`, {
          point: from,
          direction: Math.atan2(to[1] - from[1], to[0] - from[0]),
        }),
      )
    }
  return out
}

function camera(
  key: string,
  zh: string,
  en: string,
  { point, direction }: { point: Point; direction: number },
): RawPlace {
  const bearing = (Math.round(90 - (direction * 180) / Math.PI) + 720) % 360
  return {
    key,
    kind: 'camera',
    name: { 'zh-CN': `${zh}摄像机`, en: `${en} camera` },
    at: point,
    figures: { bearingDegrees: bearing, tiltDegrees: -14, heightMetres: 8, fieldOfViewDegrees: 62 },
  }
}
