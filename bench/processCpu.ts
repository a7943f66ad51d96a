import { readFile } from 'node:fs/promises'

const TICKS_PER_SECOND = 100 // CLK_TCK of every Linux that Node runs on

/** Processor time that a process has used so far, seconds (Linux). */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold spaces: fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Processor time of a process and of everything below it that still runs, seconds (Linux). */
export async function treeCpuSeconds(pid: number): Promise<number> {
  try {
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean)
    const below = await Promise.all(children.map((child) => treeCpuSeconds(Number(child))))
    return below.reduce((sum, seconds) => sum + seconds, await cpuSeconds(pid))
  } catch {
    return 0 // ended meanwhile
  }
}
