import { minutes, seconds } from '@/domain/time'
import type { Millis } from '@/domain/time'

const FREE_TRIES = 5
const FIRST_WAIT = seconds(30)
const LONGEST_WAIT = minutes(60)

/** How long an account stays locked after its `failures`th wrong password in a row; 0 while it may try again at once. */
export function lockoutAfter(failures: number): Millis {
  if (failures < FREE_TRIES) return seconds(0)
  return Math.min(FIRST_WAIT * 2 ** (failures - FREE_TRIES), LONGEST_WAIT) as Millis
}
