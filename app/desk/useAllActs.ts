import type { Desk } from './deskContext'
import type { DeskAct } from './acts/act'
import { useDecisionActs } from './acts/useDecisionActs'
import { useIncidentActs } from './acts/useIncidentActs'
import { usePlanActs } from './acts/usePlanActs'
import { useOpenActs } from './acts/useOpenActs'
import { useShiftAct } from './acts/useShiftActs'
import { useWarningAct } from './acts/useWarningAct'
import { useOrderActs, useTaskActs } from './acts/useTaskActs'

/** Everything this desk can order or enter now, what concerns the chosen incident first. */
export function useAllActs({ selected, person, api, decisions, activations, plans }: Desk): readonly DeskAct[] {
  const incident = useIncidentActs(selected, api)
  const tasks = useTaskActs(selected === undefined ? [] : [selected], person, api)
  const orders = useOrderActs(selected, api)
  const decided = useDecisionActs(selected, decisions, api)
  const planned = usePlanActs(selected, activations, { api, plans, person })
  const warning = useWarningAct(api)
  const shift = useShiftAct(api)
  const opened = useOpenActs(api)
  return [
    ...incident,
    ...tasks,
    ...orders,
    ...planned,
    ...decided,
    warning,
    ...(shift === undefined ? [] : [shift]),
    ...opened,
  ]
}
