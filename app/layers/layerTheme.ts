export type LayerTheme = 'dark' | 'light'

export type Rgba = [number, number, number, number]

/** Inks of the layers by theme; the four warning colours are the same that the words stand beside. */
export const theme = {
  dark: {
    ink: '#eceeef',
    rim: '#0f1214',
    quiet: '#b4babe',
    line: [236, 238, 239, 255] as Rgba,
    faint: [236, 238, 239, 70] as Rgba,
    urgency: {
      1: [244, 80, 63, 255],
      2: [255, 145, 36, 255],
      3: [246, 211, 45, 255],
      4: [94, 156, 255, 255],
    } as Record<number, Rgba>,
  },
  light: {
    ink: '#14181a',
    rim: '#f3f4f4',
    quiet: '#434a4e',
    line: [20, 24, 26, 255] as Rgba,
    faint: [20, 24, 26, 70] as Rgba,
    urgency: { 1: [200, 40, 28, 255], 2: [201, 101, 0, 255], 3: [232, 190, 0, 255], 4: [36, 99, 201, 255] } as Record<
      number,
      Rgba
    >,
  },
} as const
