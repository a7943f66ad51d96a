import { useTranslations } from 'use-intl'
import type { LogEntry } from '@/domain/incident/logEntry'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'

/** The sentence of a log entry: by its verb where the language has one, else its kind; what a person wrote stands as text. */
export function useLogWords(): (entry: LogEntry) => string {
  const all = useTranslations()
  const kinds = useTranslations('desk.entry')
  const words = useIncidentWords()
  return ({ kind, verb, args, text }) => {
    const key = `desk.logVerb.${verb.replaceAll('.', '_')}` as Parameters<typeof all.has>[0]
    const readable = Object.fromEntries(
      Object.entries(args).map(([name, value]) => [name, readableArg(name, String(value), words.department)]),
    )
    const said = all.has(key) ? (all as Sentence)(key, { department: '', ...readable }) : kinds(kind)
    return text === undefined || text === '' ? said : `${said}${said === '' ? '' : '：'}${text}`
  }
}

type Sentence = (key: string, args: Record<string, string>) => string

/** Codes of departments are read as names; everything else as it is. */
const readableArg = (name: string, value: string, department: (code: string) => string): string =>
  ['to', 'lead', 'department', 'from'].includes(name) ? department(value) : value
