import { z } from 'zod'

const EverySeconds = z.number().min(1).max(86_400).default(60)
/** Name of a file under var/secrets: the mapping is public, what opens a door is not. */
const Secret = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'is a file name under var/secrets')

/** How a request says who asks. `hmac` signs `timestamp\nMETHOD\npath?query` and sends both in headers. */
export const RequestAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }).readonly(),
  z.strictObject({ kind: z.literal('bearer'), secret: Secret }).readonly(),
  z.strictObject({ kind: z.literal('header'), name: z.string().min(1), secret: Secret }).readonly(),
  z
    .strictObject({
      kind: z.literal('hmac'),
      secret: Secret,
      algorithm: z.enum(['sha256', 'sha512']).default('sha256'),
      signatureHeader: z.string().default('X-Signature'),
      timestampHeader: z.string().default('X-Timestamp'),
    })
    .readonly(),
])
export type RequestAuth = z.infer<typeof RequestAuth>

/** How a list goes on. `link` follows the address at `path` of the answer; `page` counts a parameter up. */
export const Paging = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }).readonly(),
  z.strictObject({ kind: z.literal('link'), path: z.string().min(1) }).readonly(),
  z
    .strictObject({ kind: z.literal('page'), parameter: z.string().min(1), first: z.number().int().default(1) })
    .readonly(),
])
export type Paging = z.infer<typeof Paging>

/** The newest value of `column` that was taken goes out as `parameter` of the next request. */
export const RequestWatermark = z
  .strictObject({ column: z.string().min(1), parameter: z.string().min(1), start: z.string().optional() })
  .readonly()

/** Sources that Belfry goes and gets, or listens for. `input` says how their records are read. */
export const adapterSources = <Input extends z.ZodType>(input: Input) =>
  [...fetchedSources(input), ...heardSources(input)] as const

const fetchedSources = <Input extends z.ZodType>(input: Input) =>
  [
    z
      .strictObject({
        kind: z.literal('poll'),
        url: z.url({ protocol: /^https?$/ }),
        everySeconds: EverySeconds,
        timeoutSeconds: z.number().min(1).max(300).default(20),
        auth: RequestAuth.default({ kind: 'none' }),
        headers: z.record(z.string(), z.string()).readonly().default({}),
        paging: Paging.default({ kind: 'none' }),
        watermark: RequestWatermark.optional(),
        input: input.optional(),
      })
      .readonly(),
    /** Files dropped into a folder below var/drop; what was taken is moved to its `taken`, what was not to `refused`. */
    z
      .strictObject({
        kind: z.literal('folder'),
        folder: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_/-]*$/u, 'is a folder below var/drop'),
        everySeconds: EverySeconds,
        input,
      })
      .readonly(),
    /** A view of another department's database; `secret` holds its address. `$watermark` and `$limit` are filled in. */
    z
      .strictObject({
        kind: z.literal('sql'),
        dialect: z.enum(['postgresql', 'mysql']),
        secret: Secret,
        query: z
          .string()
          .regex(/^\s*select\s/i, 'begins with SELECT')
          .regex(/\$watermark/, 'names $watermark'),
        watermark: z.strictObject({ column: z.string().min(1), start: z.string() }).readonly(),
        limit: z.number().int().min(1).max(50_000).default(5_000),
        everySeconds: EverySeconds,
        input,
      })
      .readonly(),
  ] as const

const heardSources = <Input extends z.ZodType>(input: Input) =>
  [
    /** Topics of the broker at MQTT_URL. */
    z
      .strictObject({
        kind: z.literal('mqtt'),
        topics: z.array(z.string().min(1)).min(1).readonly(),
        qos: z.union([z.literal(0), z.literal(1)]).default(1),
        input: input.optional(),
      })
      .readonly(),
    /** Terminals that connect to Belfry. Without `terminals` any number is answered. */
    z
      .strictObject({
        kind: z.literal('listen'),
        protocol: z.literal('jt808'),
        port: z.number().int().min(0).max(65_535),
        terminals: z.array(z.string()).readonly().optional(),
        input,
      })
      .readonly(),
    z
      .strictObject({
        kind: z.literal('webSocket'),
        url: z.url({ protocol: /^wss?$/ }),
        auth: RequestAuth.default({ kind: 'none' }),
        /** Sent once the connection stands. */
        subscribe: z.string().optional(),
        input: input.optional(),
      })
      .readonly(),
  ] as const
