import type { Alarm } from '@/domain/alarm'
import type { WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import { AppError } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { CommandContext } from '../command/commandContext'
import { unshelveAlarm } from '../command/unshelveAlarm'

/** Brings shelved Alarms back when their time is over; what could not be moved is moved in the next round. */
export class ShelfWatch {
  readonly #command: CommandContext
  readonly #log: Log
  readonly #moving = new Set<string>()

  constructor(command: CommandContext, log: Log) {
    this.#command = command
    this.#log = log
  }

  /** `now` in the World's clock. Resolves when every move that it led to is decided. */
  async look(world: WorldNo, alarms: Iterable<Alarm>, now: EpochMillis): Promise<void> {
    const due = [...alarms].filter(
      ({ id, state, until }) => state === 'shelved' && until !== undefined && until <= now && !this.#moving.has(id),
    )
    await Promise.all(due.map(({ id }) => this.#bringBack(world, id)))
  }

  async #bringBack(world: WorldNo, id: string): Promise<void> {
    this.#moving.add(id)
    try {
      await unshelveAlarm(this.#command, { world, id })
    } catch (cause) {
      const isPassing = cause instanceof AppError && cause.retry
      this.#log[isPassing ? 'warn' : 'error']({ err: cause, id }, 'alarm not brought back')
    } finally {
      this.#moving.delete(id)
    }
  }
}
