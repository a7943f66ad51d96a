import { hash, verify } from '@node-rs/argon2'

// OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane (about 20 ms of one core here).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** argon2id with its parameters and salt in one text. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** Is that the password? A hash that cannot be read is no match. */
export async function matchesPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password)
  } catch {
    return false
  }
}

let decoy: Promise<string> | undefined

/** Takes as long as a real comparison, so that an unknown account does not answer sooner than a known one. */
export async function pretendToMatch(password: string): Promise<false> {
  decoy ??= hashPassword('belfry')
  await matchesPassword(await decoy, password)
  return false
}
