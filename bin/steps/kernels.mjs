// The compiled kernels: WebAssembly made from AssemblyScript on the machine that runs it, never committed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, say, Stop } from './terminal.mjs'

const KERNELS = [{ name: 'flood', folder: join(root, 'workers', 'models', 'flood', 'assembly'), entry: 'flood.ts' }]
// Static data of the compiler lies above the parameter block; the module's own limits must enclose the memory it is given.
const FLAGS =
  '-O3 --noAssert --runtime stub --importMemory --sharedMemory --initialMemory 16 --maximumMemory 32768 --memoryBase 4096 --enable simd,threads'.split(
    ' ',
  )

/** SHA-256 over the sources, the flags and the compiler's version. */
function sourcesHash(folder) {
  const hash = createHash('sha256').update(FLAGS.join(' '))
  const compiler = join(root, 'node_modules', 'assemblyscript', 'package.json')
  hash.update(JSON.parse(readFileSync(compiler, 'utf8')).version)
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex')
}

/** Compiles what is older than its sources, by content and not by date; a few seconds, once. */
export async function buildKernels() {
  for (const { name, folder, entry } of KERNELS) {
    const file = join(folder, 'build', `${name}.wasm`)
    const marker = `${file}.sources`
    const hash = sourcesHash(folder)
    if (existsSync(file) && existsSync(marker) && readFileSync(marker, 'utf8') === hash) continue
    say(`compiling the ${name} kernel`)
    const { main } = (await import('assemblyscript/asc')).default
    mkdirSync(dirname(file), { recursive: true })
    const half = `${file}.${process.pid}`
    const { error, stderr } = await main([join(folder, entry), '-o', half, ...FLAGS], {})
    if (error) throw new Stop(`The ${name} kernel could not be compiled: ${stderr.toString() || error.message}`)
    renameSync(half, file)
    writeFileSync(marker, hash)
  }
}
