/** Colours of the ground by theme (look.md 6); text for a canvas. Streets are lighter than the ground, never coloured. */
export interface GroundTheme {
  readonly ground: string
  readonly street: string
  readonly arterial: string
  readonly path: string
  readonly rail: string
  readonly cover: Readonly<Record<string, string>>
}

export const groundThemes: Readonly<Record<'dark' | 'light', GroundTheme>> = {
  dark: {
    ground: '#4b5054',
    street: '#5c6266',
    arterial: '#666c70',
    path: '#535a5d',
    rail: '#41464a',
    cover: {
      park: '#454b4b',
      grass: '#474d4d',
      forest: '#424949',
      farmland: '#494f50',
      wetland: '#434b4c',
      plaza: '#545a5d',
      campus: '#4e5356',
      industrial: '#4e5254',
      commercial: '#4e5357',
      railway: '#484c4f',
      airport: '#515659',
      bare: '#525657',
    },
  },
  light: {
    ground: '#e3e5e6',
    street: '#f4f5f5',
    arterial: '#fafbfb',
    path: '#ecedee',
    rail: '#cfd3d5',
    cover: {
      park: '#d9dddc',
      grass: '#dcdfde',
      forest: '#d5dad8',
      farmland: '#dfe2e0',
      wetland: '#d6dcdc',
      plaza: '#e9ebeb',
      campus: '#e5e7e8',
      industrial: '#e0e2e3',
      commercial: '#e5e7e8',
      railway: '#dadddf',
      airport: '#e8eaeb',
      bare: '#e6e7e7',
    },
  },
}
