import { availableParallelism } from 'node:os'
import { z } from 'zod'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])
const GIB = 1024 ** 3

/** A set variable, or nothing: an empty string in a compose file means "not set". */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

const url = (pattern: RegExp, example: string) =>
  optional(z.string().regex(pattern, { error: (issue) => `is ${show(issue.input)}; write it like ${example}` }))

const whole = (low: number, high: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(low, `must be ${low} or more`)
    .max(high, `must be ${high} or less`)

const EnvShape = z.object({
  CLICKHOUSE_URL: url(/^https?:\/\//, 'http://user:password@host:8123/database'),
  CLICKHOUSE_CLUSTER: optional(z.string().regex(/^\w+$/, 'must be the name of a cluster')),
  REDIS_URL: url(/^(rediss?:\/\/|unix:\/)/, 'redis://host:6379 or unix:/path'),
  DATABASE_URL: url(/^postgres(ql)?:\/\//, 'postgres://user:password@host:5432/database'),
  /** A broker elsewhere; the embedded one is left out then. */
  MQTT_URL: url(/^(mqtts?|tcp|wss?):\/\//, 'mqtts://user:password@host:8883'),
  /** Port of the embedded broker; 0 leaves it out. */
  MQTT_PORT: whole(0, 65_535).default(1883),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  BELFRY_DATA: z.string().min(1).default('../shared/data'),
  BELFRY_VAR: z.string().min(1).default('var'),
  DURABILITY: z.enum(['logFsync', 'log', 'store'], { error: 'must be logFsync, log or store' }).default('logFsync'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  BELFRY_THREADS: whole(1, 64).default(1),
  BELFRY_SERVER_ID: z
    .string()
    .regex(/^[\w-]{1,32}$/, 'must be 1 to 32 letters, digits, - or _')
    .default('server1'),
  BELFRY_LOG_MAX_BYTES: whole(16 * 1024 ** 2, 1024 * GIB).default(2 * GIB),
  BELFRY_PUBLIC_ORIGIN: url(/^https?:\/\/[^/]+$/, 'https://belfry.example'),
  BELFRY_EXERCISE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  BELFRY_CHROMIUM: optional(z.string()),
  BELFRY_ALLOW_REMOTE: optional(z.enum(['accounts'], { error: 'must be accounts' })),
})

const EnvSchema = EnvShape.superRefine((env, context) => {
  if (LOOPBACK.has(env.HOST) || env.BELFRY_ALLOW_REMOTE === 'accounts') return
  context.addIssue({
    code: 'custom',
    path: ['HOST'],
    message:
      `is ${env.HOST}, which opens Belfry to the network: ` +
      'sign in as admin and change the one-time password first, then set BELFRY_ALLOW_REMOTE=accounts (everyone must sign in)',
  })
})

/** What Belfry was told by its environment, read once by a main.ts and handed on. */
export type Env = Readonly<z.infer<typeof EnvShape>>

/** Variables by name, as the operating system gives them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The environment cannot be used; the message has one sentence per problem. */
export class BadEnvironment extends Error {
  readonly retry = false
}

/**
 * Reads the configuration once. Sizes in bytes.
 * @throws BadEnvironment with one sentence per problem.
 */
export function readEnv(source: Environment = process.env): Env {
  const parsed = EnvSchema.safeParse(source)
  if (parsed.success) return parsed.data
  const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`)
  throw new BadEnvironment(sentences.join('\n'))
}

export const ROLES = ['intake', 'live', 'web', 'detect', 'jobs', 'simulator'] as const
export type Role = (typeof ROLES)[number]

/**
 * Roles asked for by `--roles=intake,live`; `all` when the argument is missing.
 * @throws BadEnvironment when a role is unknown or none is left.
 */
export function parseRoles(argv: readonly string[], all: readonly Role[]): ReadonlySet<Role> {
  const argument = argv.find((word) => word.startsWith('--roles='))
  if (argument === undefined) return new Set(all)
  const words = argument.slice('--roles='.length).split(',').filter(Boolean)
  const unknown = words.filter((word) => !all.some((role) => role === word))
  if (unknown.length > 0 || words.length === 0) {
    throw new BadEnvironment(`--roles takes ${all.join(', ')}; got ${show(unknown.join(', '))}.`)
  }
  return new Set(all.filter((role) => words.includes(role)))
}

/** Facts of this process and machine, so that nobody else has to touch `process`. */
export interface HostFacts {
  readonly argv: readonly string[]
  readonly pid: number
  readonly nodePath: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** User id, or -1 where there is none. */
  readonly uid: number
  readonly cores: number
  readonly cwd: string
}

export function hostFacts(): HostFacts {
  return {
    argv: process.argv.slice(2),
    pid: process.pid,
    nodePath: process.execPath,
    platform: process.platform,
    arch: process.arch,
    uid: process.getuid?.() ?? -1,
    cores: availableParallelism(),
    cwd: process.cwd(),
  }
}

/** The environment of a child: ours, with `added` on top; `undefined` removes a variable. */
export function childEnv(added: Environment): NodeJS.ProcessEnv {
  const entries = Object.entries({ ...process.env, ...added })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as NodeJS.ProcessEnv
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : 'not text'
}
