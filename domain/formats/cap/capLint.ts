import { parseIso } from '@/domain/feed/timeText'
import { areaDefects } from './lintAreas'
import { infoDefects, resourceDefects } from './lintInfos'
import { type CapNode, capBlocks, capReferences, capText } from './capNode'
import { CAP_TIME } from './capShape'
import { type CapDefect, defectOf } from './capDefect'

/** What a rule must know beside the message. */
export interface LintContext {
  /** Whether a message of this sender and identifier came before with another `sent`. */
  readonly heldUnder: (sender: string, identifier: string) => string | undefined
  /** The bytes had no byte order mark and were UTF-8. */
  readonly plainUtf8: boolean
}

type Rule = (alert: CapNode, context: LintContext) => readonly CapDefect[]

const need = (holds: boolean, rule: number, path: string, message: string): readonly CapDefect[] =>
  holds ? [] : [defectOf(rule, path, message)]

/** Rules 02 to 25 of the house; 01 and 24 (spelling of the lists) are the structure's. */
export function capLint(alert: CapNode, context: LintContext): readonly CapDefect[] {
  return [
    ...headRules.flatMap((rule) => rule(alert, context)),
    ...infoDefects(alert),
    ...resourceDefects(alert),
    ...areaDefects(alert),
  ]
}

const headRules: readonly Rule[] = [
  (alert) =>
    ['identifier', 'sender'].flatMap((name) => {
      const text = capText(alert, name)
      return need(
        text === undefined || !/[\s,<&]/.test(text),
        2,
        `alert/${name}`,
        'Blanks, commas, < and & may not stand in it.',
      )
    }),
  chineseIdentifierRule,
  (alert, { heldUnder }) => {
    const [sender = '', identifier = '', sent = ''] = ['sender', 'identifier', 'sent'].map((name) =>
      capText(alert, name),
    )
    const held = heldUnder(sender, identifier)
    const same = held === undefined || held === sent
    return need(same, 3, 'alert/identifier', `This identifier was used before, in the message sent ${held ?? ''}.`)
  },
  (alert) => timeDefects(alert),
  (alert) =>
    need(
      capText(alert, 'scope') !== 'Restricted' || capText(alert, 'restriction') !== undefined,
      5,
      'alert/restriction',
      'A restricted message says for whom.',
    ),
  (alert) =>
    need(
      capText(alert, 'scope') !== 'Private' || capText(alert, 'addresses') !== undefined,
      6,
      'alert/addresses',
      'A private message has addresses.',
    ),
  referenceRule,
  (alert) =>
    need(
      capText(alert, 'msgType') !== 'Error' || capText(alert, 'note') !== undefined,
      8,
      'alert/note',
      'An error is explained in the note.',
    ),
  (alert) => {
    const warns = capText(alert, 'status') === 'Actual' && ['Alert', 'Update'].includes(capText(alert, 'msgType') ?? '')
    return need(!warns || capBlocks(alert, 'info').length > 0, 9, 'alert/info', 'A warning needs one info at least.')
  },
  (_alert, { plainUtf8 }) => need(plainUtf8, 25, 'alert', 'The document is not plain UTF-8 without a byte order mark.'),
]

const CHINESE = /^\d{6}\d{3}\w{3}\w{2}_\d{14}_\d$/

/** An identifier that begins like those of GB/T 35965.1 keeps to it, and to its sender. */
function chineseIdentifierRule(alert: CapNode): readonly CapDefect[] {
  const identifier = capText(alert, 'identifier') ?? ''
  if (!/^\d{6}\w{8}_/.test(identifier)) return []
  const sender = capText(alert, 'sender') ?? ''
  return [
    ...need(
      CHINESE.test(identifier),
      2,
      'alert/identifier',
      'It is not ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N of GB/T 35965.1.',
    ),
    ...need(identifier.startsWith(sender), 2, 'alert/sender', 'It is not the first 14 characters of the identifier.'),
  ]
}

function timeDefects(alert: CapNode): readonly CapDefect[] {
  const wrong = (node: CapNode, name: string, path: string): readonly CapDefect[] => {
    const text = capText(node, name)
    const message = 'A time is YYYY-MM-DDThh:mm:ss±hh:mm: no Z, no fraction, UTC is -00:00.'
    return need(text === undefined || CAP_TIME.test(text), 4, `${path}/${name}`, message)
  }
  return [
    ...wrong(alert, 'sent', 'alert'),
    ...capBlocks(alert, 'info').flatMap((info) =>
      ['effective', 'onset', 'expires'].flatMap((name) => wrong(info, name, 'alert/info')),
    ),
  ]
}

function referenceRule(alert: CapNode): readonly CapDefect[] {
  if (!['Update', 'Cancel', 'Ack', 'Error'].includes(capText(alert, 'msgType') ?? '')) return []
  const written = (capText(alert, 'references') ?? '').split(/\s+/).filter(Boolean)
  const read = capReferences(alert).filter(({ sent }) => !Number.isNaN(parseIso(sent)))
  const message = 'It names what it replaces as sender,identifier,sent, parted by blanks.'
  return need(written.length > 0 && read.length === written.length, 7, 'alert/references', message)
}
