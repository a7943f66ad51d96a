import { z } from 'zod'
import { ContractVersion } from '@/domain/api/feedDesk'
import { defineSql } from '@/platform/postgres/query'

const none = z.unknown()
const ofFeed = z.object({ feed: z.number() })

/** Keeps the contract as the next version, unless it is the newest one already. */
export const keepContract = defineSql({
  name: 'keepContract',
  params: z.object({ feed: z.number(), contract: z.string(), digest: z.string(), actor: z.string() }),
  row: none,
  sql: `
    INSERT INTO feed_contracts (feed, version, contract, digest, made_by)
    SELECT $feed::int, coalesce(max(version), 0) + 1, $contract::jsonb, $digest, $actor FROM feed_contracts WHERE feed = $feed::int
    HAVING coalesce((array_agg(digest ORDER BY version DESC))[1], '') <> $digest`,
})

/** Every version of a feed's contract, the newest first; times in epoch ms. */
export const contractsOf = defineSql({
  name: 'contractsOf',
  params: ofFeed,
  row: ContractVersion,
  sql: `
    SELECT version, contract, digest, made_at AS "madeAt", made_by AS "madeBy", signed_at AS "signedAt", signed_by AS "signedBy"
    FROM feed_contracts WHERE feed = $feed ORDER BY version DESC`,
})

/** The newest version of every feed of a World, and whether somebody signed it. */
export const newestContracts = defineSql({
  name: 'newestContracts',
  params: z.object({ world: z.number() }),
  row: z.object({
    feed: z.number(),
    version: z.number(),
    signedAt: z.number().nullable(),
    signedBy: z.string().nullable(),
  }),
  sql: `
    SELECT DISTINCT ON (c.feed) c.feed, c.version, c.signed_at AS "signedAt", c.signed_by AS "signedBy"
    FROM feed_contracts c JOIN feeds f ON f.no = c.feed WHERE f.world = $world ORDER BY c.feed, c.version DESC`,
})

/** Signs a version that nobody signed; no row comes back when there is none, or its text is another one. */
export const signVersion = defineSql({
  name: 'signVersion',
  params: z.object({ feed: z.number(), version: z.number(), digest: z.string(), by: z.string() }),
  row: z.object({ version: z.number() }),
  sql: `
    UPDATE feed_contracts SET signed_at = now(), signed_by = $by
    WHERE feed = $feed AND version = $version AND digest = $digest AND signed_at IS NULL RETURNING version`,
})

/** Changes how a feed stands; no row comes back when it stands so already. */
export const setStanding = defineSql({
  name: 'setStanding',
  params: z.object({ feed: z.number(), standing: z.string(), reason: z.string().nullable() }),
  row: z.object({ feed: z.number() }),
  sql: `
    UPDATE feeds SET standing = $standing, standing_reason = $reason, standing_since = now()
    WHERE no = $feed AND standing <> $standing RETURNING no AS feed`,
})
