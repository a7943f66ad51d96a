import { Vector3 } from 'three'

/** Colours and light of the city by theme (look.md 6), as shares of 1 of what the screen shows. */
export interface CityTheme {
  readonly background: Vector3
  readonly hill: Vector3
  readonly wallLow: Vector3
  readonly wallHigh: Vector3
  readonly roof: Vector3
  readonly water: Vector3
  readonly waterHigh: Vector3
  /** Weight of the dome and of the key. */
  readonly dome: number
  readonly key: number
  /** 1: occlusion only darkens a bright model (briefing and print). */
  readonly light: number
}

const hex = (text: string): Vector3 => {
  const n = Number.parseInt(text.slice(1), 16)
  return new Vector3((n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255)
}

export const cityThemes: Readonly<Record<'dark' | 'light', CityTheme>> = {
  dark: {
    background: hex('#0f1214'),
    hill: hex('#646a6c'),
    wallLow: hex('#868c91'),
    wallHigh: hex('#a3a8ac'),
    roof: hex('#b4b9bd'),
    water: hex('#16242a'),
    waterHigh: hex('#2f444c'),
    dome: 0.62,
    key: 0.42,
    light: 0,
  },
  light: {
    background: hex('#f1f2f2'),
    hill: hex('#dfe2e2'),
    wallLow: hex('#f2f3f3'),
    wallHigh: hex('#ffffff'),
    roof: hex('#ffffff'),
    water: hex('#b9cfd4'),
    waterHigh: hex('#d7e3e6'),
    dome: 1.02,
    key: 0.4,
    light: 1,
  },
}
