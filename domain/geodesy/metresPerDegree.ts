/** Lengths of a degree of longitude and of latitude at a latitude (degrees) on WGS84, metres; series good to 1e-6. */
export function metresPerDegree(latitude: number): { readonly longitude: number; readonly latitude: number } {
  const radians = (latitude * Math.PI) / 180
  return {
    longitude: 111_412.84 * Math.cos(radians) - 93.5 * Math.cos(3 * radians) + 0.118 * Math.cos(5 * radians),
    latitude: 111_132.954 - 559.822 * Math.cos(2 * radians) + 1.175 * Math.cos(4 * radians),
  }
}
