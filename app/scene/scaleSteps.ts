/** The round length (1, 2 or 5 times a power of ten) nearest below `span`. */
export function roundBelow(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span))
  const lead = span / power
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1)
}

/** Metres of a scale bar that is at most `longest` CSS px long, and its length in CSS px. */
export function scaleBar(
  metresPerPixel: number,
  longest: number,
): { readonly metres: number; readonly pixels: number } {
  const metres = roundBelow(metresPerPixel * longest)
  return { metres, pixels: metres / metresPerPixel }
}
