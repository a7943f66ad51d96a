import { departmentOf } from '@/domain/access/departments'
import type { IncidentView } from '@/domain/api/incidents'
import type { PeopleKind } from '@/domain/incident/incident'
import { incidentType } from '@/domain/incident/incidentTypes'
import type { SubmissionKind } from '@/domain/incident/reporting'
import { isTaskOver } from '@/domain/task/taskState'

/** What the fields of a report's template can name. */
export const REPORT_FIELDS = [
  ...['reportedAt', 'source', 'occurredAt', 'place', 'nature', 'level', 'people', 'condition', 'consequence'],
  ...['departments', 'plans', 'measures', 'course', 'openTasks'],
] as const
type ReportField = (typeof REPORT_FIELDS)[number]

/** Official documents of a Chinese city: their words are Chinese, whatever the screen shows. */
const PEOPLE: Readonly<Record<PeopleKind, string>> = {
  dead: '死亡',
  missing: '失联',
  injured: '受伤',
  trapped: '被困',
  evacuated: '转移',
  sheltered: '安置',
  affected: '受影响',
}
const LEVELS = ['', '特别重大', '重大', '较大', '一般'] as const
const SOURCES = {
  call: '电话接报',
  alarm: '监测报警',
  report: '部门报告',
  warning: '预警',
  manual: '人工',
  split: '拆分',
}
const COURSE_KINDS = new Set(['decision', 'order', 'receipt', 'report'])
const COURSE_LINES = 20

export interface ReportOf {
  readonly view: IncidentView
  readonly kind: SubmissionKind
  /** A moment as the city's clocks show it. */
  readonly time: (moment: number) => string
}

type Written = (of: ReportOf) => string | undefined

const written: Readonly<Record<ReportField, Written>> = {
  reportedAt: ({ view, time }) => time(view.incident.reportedAt),
  source: ({ view }) => SOURCES[view.incident.source.kind],
  occurredAt: ({ view: { incident }, time }) =>
    incident.occurredAt === undefined ? undefined : time(incident.occurredAt),
  place: ({ view }) => view.incident.place.text,
  nature: ({ view }) => incidentType(view.incident.typeCode)?.name['zh-CN'],
  level: ({ view }) => levelText(view),
  people: ({ view, time }) => peopleText(view, time),
  condition: ({ view }) => view.incident.condition,
  consequence: ({ view: { incident }, time }) =>
    incident.consequence && `${incident.consequence.text}（最晚 ${time(incident.consequence.at)}）`,
  departments: ({ view: { incident } }) => [incident.lead, ...incident.support].map(named).join('、'),
  plans: ({ view }) =>
    lines(
      view.activations.filter(({ state }) => state === 'active').map(({ plan, level }) => `${plan} ${level} 级响应`),
    ),
  measures: ({ view }) =>
    lines(view.tasks.filter(({ state }) => state !== 'draft' && state !== 'cancelled').map(taskText)),
  course: ({ view, time }) => courseText(view, time),
  openTasks: ({ view, kind }) =>
    kind === 'final' ? undefined : lines(view.tasks.filter(({ state }) => !isTaskOver(state)).map(taskText)),
}

/** One field as text; undefined where nothing is known. Every value is of the Incident, none is typed again. */
export const reportField = (of: ReportOf, field: ReportField): string | undefined => written[field](of)

const named = (code: string): string => departmentOf(code)?.name['zh-CN'] ?? code
const lines = (texts: readonly string[]): string | undefined => (texts.length === 0 ? undefined : texts.join('\n'))

const STATES: Readonly<Record<string, string>> = {
  issued: '已下达',
  overdueAck: '未签收',
  acked: '已接收',
  refused: '不能执行',
  active: '执行中',
  blocked: '受阻',
  reportedDone: '报完成',
  done: '已核验',
}

const taskText = ({ title, to, state }: IncidentView['tasks'][number]): string =>
  `${named(to)}：${title}（${STATES[state] ?? state}）`

function levelText({ incident: { level } }: IncidentView): string | undefined {
  if (level === undefined) return undefined
  return `${level.basis === 'initial' ? '初判 ' : ''}${LEVELS[level.value]}（${level.criterion} ${level.number}）`
}

function peopleText({ incident: { people } }: IncidentView, time: ReportOf['time']): string | undefined {
  const told = (Object.keys(PEOPLE) as PeopleKind[]).flatMap((kind) => {
    const figure = people[kind]
    if (figure === undefined) return []
    const status = figure.status === 'verified' ? '已核实' : '未核实'
    return [`${PEOPLE[kind]} ${figure.value} 人（${status}，${time(figure.at)}，${figure.source}）`]
  })
  return lines(told)
}

/** The last lines of what was decided, ordered, answered and reported. */
function courseText({ log }: IncidentView, time: ReportOf['time']): string | undefined {
  const told = log.filter(({ kind, text }) => COURSE_KINDS.has(kind) && text !== undefined)
  return lines(told.slice(-COURSE_LINES).map(({ by, text }) => `${time(by.at)} ${text}`))
}
