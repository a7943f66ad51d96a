import type { TaskAct } from '@/domain/access/authority'

/** What an order of a kind usually says; the desk changes what is different. */
export interface UsualTask {
  readonly to: string
  readonly ackMinutes: number
  readonly doneMinutes: number
}

const row = (to: string | undefined, ackMinutes: number, doneMinutes: number) => ({ to, ackMinutes, doneMinutes })

/** Departments by the duty matrix; minutes by the shipped plans. Without one the lead of the incident has it. */
const usual: Readonly<Record<TaskAct, ReturnType<typeof row>>> = {
  closeRoad: row('JJ', 5, 20),
  closeUnderpass: row('JJ', 5, 20),
  stopTrain: row('DT', 3, 10),
  closeStation: row('DT', 3, 15),
  evacuate: row('QXZ', 5, 120),
  cutPower: row('GD', 3, 15),
  rescue: row('XF', 3, 60),
  pump: row('CG', 5, 90),
  medical: row('JZ', 3, 30),
  verifyOnSite: row(undefined, 5, 30),
  monitor: row(undefined, 5, 240),
  inform: row('XC', 10, 30),
  supply: row('FG', 10, 240),
  closeSchools: row('JY', 10, 60),
  releaseReservoir: row('SL', 5, 30),
  stopCity: row('EOC', 10, 60),
  publicRelease: row('XC', 10, 60),
  other: row(undefined, 5, 60),
}

export function usualTask(act: TaskAct, lead: string): UsualTask {
  const { to, ackMinutes, doneMinutes } = usual[act]
  return { to: to ?? lead, ackMinutes, doneMinutes }
}
