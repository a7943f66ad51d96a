import type { PictureStore } from '@/domain/fold/picture'
import type { WorldNo } from '@/domain/ids'
import { isStepOpen, ladderDue } from '@/domain/task/ladder'
import type { Task } from '@/domain/task/task'
import { awaitsAck } from '@/domain/task/taskState'
import type { EpochMillis } from '@/domain/time'
import { AppError } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { CommandContext } from './commandContext'
import { applyDefault } from './decisions/answerDecision'
import { climbLadder } from './tasks/climbLadder'

/** What the clock does to orders without a receipt and to decisions that nobody took; on the World's leader. */
export class CommandWatch {
  readonly #command: CommandContext
  readonly #log: Log
  readonly #underWay = new Set<string>()

  constructor(command: CommandContext, log: Log) {
    this.#command = command
    this.#log = log
  }

  /** `now` in the World's clock. Resolves when everything that it led to is decided. */
  async look(world: WorldNo, picture: PictureStore, now: EpochMillis): Promise<void> {
    const acts: Promise<void>[] = []
    for (const task of picture.tasks.values()) {
      if (climbs(task, now)) acts.push(this.#once(task.id, () => climbLadder(this.#command, { world, id: task.id })))
    }
    for (const { id, state, latestAt } of picture.decisions.values()) {
      if (state === 'open' && latestAt <= now)
        acts.push(this.#once(id, () => applyDefault(this.#command, { world, id })))
    }
    await Promise.all(acts)
  }

  async #once(id: string, act: () => Promise<unknown>): Promise<void> {
    if (this.#underWay.has(id)) return
    this.#underWay.add(id)
    try {
      await act()
    } catch (cause) {
      const isPassing = cause instanceof AppError && cause.retry
      this.#log[isPassing ? 'warn' : 'error']({ err: cause, id }, 'clock not obeyed')
    } finally {
      this.#underWay.delete(id)
    }
  }
}

function climbs(task: Task, now: EpochMillis): boolean {
  if (!awaitsAck(task.state)) return false
  if (task.state === 'issued' && task.ackDue !== undefined && task.ackDue < now) return true
  const step = ladderDue(task, now)
  return step !== undefined && step !== 'call' && step !== task.ladder && isStepOpen(task, step)
}
