import { z } from 'zod'
import { CityManifest } from '../city/manifest'
import { CityKey } from '../ids'

/**
 * `GET /api/worlds/:world/city`: the city package of a World; 404 `city.none` where it has none, 404 `city.building` with
 * `step` and `share` (0 to 1) while it is being made.
 */
export const CityView = z.object({
  /** Where the package's files lie on this host, without a slash at the end: `/tiles/<city>/<digest>`. */
  root: z.string(),
  /** sha256 of the package's SHA256SUMS. */
  digest: z.string(),
  manifest: CityManifest,
})
export type CityView = z.infer<typeof CityView>

/** `PUT /api/worlds/:world/city`: the package that a World shows; null for the one of its own key. */
export const CityChoice = z.object({ city: CityKey.nullable() })

/** How far the making of a package is; kept beside it as `.building-<city>.json` while it lasts. */
export const CityProgress = z.object({ step: z.string(), share: z.number().min(0).max(1) })
export type CityProgress = z.infer<typeof CityProgress>
