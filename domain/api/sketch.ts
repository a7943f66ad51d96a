import { z } from 'zod'
import { Names } from '../ids'

const Degrees = z.tuple([z.number(), z.number()]).rest(z.number())

/** What a feature of a World's plan is: water and district are areas, road and street are lines, facility is a point. */
export const SketchFeature = z.object({
  type: z.literal('Feature'),
  properties: z.object({
    class: z.enum(['water', 'district', 'road', 'street', 'facility']),
    key: z.string(),
    name: Names.optional(),
    grade: z.string().optional(),
  }),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Point'), coordinates: Degrees }),
    z.object({ type: z.literal('LineString'), coordinates: z.array(Degrees) }),
    z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Degrees)) }),
  ]),
})
export type SketchFeature = z.infer<typeof SketchFeature>

/** `GET /api/worlds/:world/sketch`: the plan that the first map draws under the sensors; 404 where a World has none. */
export const Sketch = z.object({ type: z.literal('FeatureCollection'), features: z.array(SketchFeature) })
export type Sketch = z.infer<typeof Sketch>
