/** Height of the ground over the scene's zero at a place, metres; degrees in. A layer puts what it draws on it. */
export type Lift = (longitude: number, latitude: number) => number

/** Ground without a city. */
export const FLAT: Lift = () => 0

/** A place in degrees, on the ground. */
export const lifted = ([longitude, latitude]: readonly [number, number], lift: Lift): [number, number, number] => [
  longitude,
  latitude,
  lift(longitude, latitude),
]
