import { z } from 'zod'
import { CityManifest } from '../city/manifest'

/** `GET /api/worlds/:world/city`: the city package of a World; 404 where it has none, or while it is being built. */
export const CityView = z.object({
  /** Where the package's files lie on this host, without a slash at the end: `/tiles/<city>/<digest>`. */
  root: z.string(),
  /** sha256 of the package's SHA256SUMS. */
  digest: z.string(),
  manifest: CityManifest,
})
export type CityView = z.infer<typeof CityView>
