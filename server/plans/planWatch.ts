import type { PictureStore } from '@/domain/fold/picture'
import type { WorldNo } from '@/domain/ids'
import type { Activation } from '@/domain/plan/activation'
import type { Plan } from '@/domain/plan/plan'
import { metTrigger } from '@/domain/plan/triggers'
import type { Met, PlanFacts } from '@/domain/plan/triggers'
import { minutes } from '@/domain/time'
import { uuidv7 } from '@/platform/clock'
import { AppError, Conflict } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { CommandContext } from '../command/commandContext'
import { lastRefusal } from '../command/plans/activationRows'
import { moveActivation } from '../command/plans/moveActivation'
import { proposeActivation } from '../command/plans/proposeActivation'
import { raiseProposal } from '../command/plans/raiseProposal'
import { planFacts } from './planFacts'
import type { PropertyOf } from './planFacts'
import type { PlanShelf } from './planShelf'

/** Whoever declined or ended a plan is not asked again at the same level for so long (World time). */
const QUIET_AFTER_REFUSAL = minutes(60)

export interface PlanWatchOptions {
  readonly command: CommandContext
  readonly shelf: PlanShelf
  readonly log: Log
}

export interface PlanLook {
  readonly world: WorldNo
  readonly picture: PictureStore
  readonly propertyOf: PropertyOf
}

/** Watches the triggers of every plan, on a World's leader: a trigger proposes, a person decides. */
export class PlanWatch {
  readonly #options: PlanWatchOptions
  readonly #looking = new Set<WorldNo>()

  constructor(options: PlanWatchOptions) {
    this.#options = options
  }

  /** Looks once; a look that is still under way is not doubled. */
  async look({ world, picture, propertyOf }: PlanLook): Promise<void> {
    if (this.#looking.has(world)) return
    this.#looking.add(world)
    const { command, shelf, log } = this.#options
    const facts = planFacts(picture, propertyOf, command.worldTime(world))
    try {
      for (const plan of shelf.all()) await this.#judge(world, { plan, facts, open: openOf(picture, plan) })
    } catch (cause) {
      if (cause instanceof Conflict) return // decided meanwhile, or not yet in the picture
      const isPassing = cause instanceof AppError && cause.retry
      log[isPassing ? 'warn' : 'error']({ err: cause, world }, 'triggers of plans not followed')
    } finally {
      this.#looking.delete(world)
    }
  }

  async #judge(world: WorldNo, { plan, facts, open }: Judged): Promise<void> {
    const { command, shelf } = this.#options
    const due = open.find(({ state, until }) => state === 'deferred' && until !== undefined && until <= facts.at)
    if (due !== undefined) {
      await moveActivation(command, { world, id: due.id, planOf: (id) => shelf.plan(id) }, { verb: 'propose' })
    }
    const met = metTrigger(plan, facts)
    if (met === undefined) return
    const [held] = open
    if (held !== undefined) {
      if (held.level > met.level) await raiseProposal(command, { world, id: held.id, plan, met })
      return
    }
    if (await this.#wasRefused(world, { plan, met, facts })) return
    const { level, trigger: id, evidence, incident } = met
    const proposal = { id: uuidv7(command.clock), plan: plan.id, level, trigger: { id, evidence } }
    const about = incident === undefined ? proposal : { ...proposal, incident }
    await proposeActivation(command, { world, plan }, about)
  }

  async #wasRefused(world: WorldNo, { plan, met, facts }: Refused): Promise<boolean> {
    const last = await lastRefusal(this.#options.command.postgres, world, plan.id)
    return last !== undefined && last.level <= met.level && facts.at - last.movedAt < QUIET_AFTER_REFUSAL
  }
}

interface Judged {
  readonly plan: Plan
  readonly facts: PlanFacts
  readonly open: readonly Activation[]
}

interface Refused {
  readonly plan: Plan
  readonly met: Met
  readonly facts: PlanFacts
}

const openOf = (picture: PictureStore, { id }: Plan): Activation[] =>
  [...picture.activations.values()].filter(({ plan }) => plan === id)
