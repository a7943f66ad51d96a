// Alone in its file: an old Node must get as far as this sentence.
import { Stop } from './terminal.mjs'

/** @throws Stop when this Node cannot run Belfry. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 ? major < 25 : major === 20 && minor >= 19) return
  throw new Stop(`Belfry needs Node 20.19 to 24; this is ${version}: install another Node (for example 22).`)
}
