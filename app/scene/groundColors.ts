/** Greys of the ground by theme; annotations and sensors stand over them. */
export interface GroundColors {
  readonly background: string
  readonly land: string
  readonly coast: string
  readonly grid: string
  readonly water: string
  readonly bank: string
  readonly street: string
  readonly road: string
  readonly arterial: string
  readonly district: string
}

export const groundColors: Record<'dark' | 'light', GroundColors> = {
  dark: {
    background: '#0f1214',
    land: '#171b1e',
    coast: '#4a5157',
    grid: '#20262a',
    water: '#16242a',
    bank: '#2f444c',
    street: '#22282c',
    road: '#4a5157',
    arterial: '#5c6266',
    district: '#878e93',
  },
  light: {
    background: '#f3f4f4',
    land: '#e9ebeb',
    coast: '#9aa1a5',
    grid: '#e3e5e6',
    water: '#d5dde0',
    bank: '#b3c0c5',
    street: '#dfe2e3',
    road: '#b9bfc2',
    arterial: '#a3aaae',
    district: '#667075',
  },
}
