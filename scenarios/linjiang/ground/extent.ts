/** The city lies within this many metres of its origin, east and north. */
export const HALF_SIZE = 10_000
/** Posting of its terrain, metres. */
export const POSTING = 10
export const POSTS = (2 * HALF_SIZE) / POSTING + 1
