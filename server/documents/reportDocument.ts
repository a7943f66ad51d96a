import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { SubmissionKind } from '@/domain/incident/reporting'
import { docx } from './docx'
import { reportField, REPORT_FIELDS } from './reportFields'
import type { ReportOf } from './reportFields'

const Template = z.strictObject({
  titles: z.record(SubmissionKind, z.string()),
  unit: z.string(),
  fields: z.array(z.strictObject({ label: z.string(), field: z.enum(REPORT_FIELDS) })).min(1),
  unknown: z.string(),
  signature: z.string(),
})

const TEMPLATE = join('scenarios', 'documents', 'incident-report.yaml')

/**
 * 首报, 续报 or 终报 as .docx, drafted from what is known and by the city's template, which is read each time: an edited
 * one holds at once. `at` is the moment that the paper states. @throws Error for a template that cannot be read
 */
export async function reportDocument(of: ReportOf, at: number): Promise<Buffer> {
  const template = Template.parse(parse(await readFile(TEMPLATE, 'utf8')))
  const { incident } = of.view
  const rows = template.fields.map(({ label, field }) => [label, reportField(of, field) ?? template.unknown] as const)
  return docx([
    { kind: 'title', text: template.titles[of.kind] },
    { kind: 'text', text: `${template.unit}    ${of.time(at)}    ${incident.no} 号 ${incident.title}` },
    { kind: 'table', rows },
    { kind: 'text', text: template.signature },
  ])
}
