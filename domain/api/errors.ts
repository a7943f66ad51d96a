import { z } from 'zod'

/** Every refusal of `/api/*`: a code the screen makes a sentence of, and its arguments. `message` is for people at a terminal. */
export const ApiError = z.object({
  code: z.string(),
  message: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  traceId: z.string(),
})
export type ApiError = z.infer<typeof ApiError>
