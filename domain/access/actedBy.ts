import { z } from 'zod'
import { EpochMillis } from '../time'

/** How the word of somebody came who did not type it himself. */
export const SpokenChannel = z.enum(['phone', 'inPerson', 'videoConference', 'radio'])
export type SpokenChannel = z.infer<typeof SpokenChannel>

/** For whom an act was entered: a post, never a name, since every screen shows it. `saidAt` in the World's clock. */
export const OnBehalf = z
  .object({ post: z.string().trim().min(1).max(60), channel: SpokenChannel, saidAt: EpochMillis })
  .readonly()
export type OnBehalf = z.infer<typeof OnBehalf>

/** The same as a desk enters it; `who` goes into the log that desks read, not into what screens show. */
export const SpokenBy = OnBehalf.unwrap().extend({ who: z.string().trim().max(60).optional() })
export type SpokenBy = z.infer<typeof SpokenBy>

/** Who acted and when, in the World's clock. `actor` is the recorder where the act was entered on behalf. */
export const ActedBy = z
  .object({ actor: z.string(), at: EpochMillis, department: z.string().optional(), onBehalf: OnBehalf.optional() })
  .readonly()
export type ActedBy = z.infer<typeof ActedBy>
