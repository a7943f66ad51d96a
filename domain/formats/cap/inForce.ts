import { parseIso } from '@/domain/feed/timeText'

/** What this fold needs of a warning, as the fields of its row name it. */
export interface WarningMessage {
  readonly sender: string
  readonly identifier: string
  readonly sent: string
  readonly msgType: string
  /** `sender,identifier,sent` of what it replaces, parted by blanks. */
  readonly references: string
  readonly expires: string
}

const keyOf = ({ sender, identifier, sent }: Pick<WarningMessage, 'sender' | 'identifier' | 'sent'>): string =>
  `${sender},${identifier},${parseIso(sent) || sent}`

/**
 * The warnings in force at a moment (epoch ms), newest first: sent, not expired, and replaced by no Update and no Cancel
 * that was sent by then. The order in which messages came does not count.
 */
export function warningsInForce<Message extends WarningMessage>(messages: readonly Message[], at: number): Message[] {
  const sentBy = messages.filter(({ sent }) => !(parseIso(sent) > at))
  const replaced = new Set(
    sentBy
      .filter(({ msgType }) => msgType === 'Update' || msgType === 'Cancel')
      .flatMap(({ references }) => references.split(/\s+/).filter(Boolean))
      .map((reference) => {
        const [sender = '', identifier = '', sent = ''] = reference.split(',')
        return keyOf({ sender, identifier, sent })
      }),
  )
  return sentBy
    .filter(({ msgType, expires }) => !['Cancel', 'Ack', 'Error'].includes(msgType) && !(parseIso(expires) <= at))
    .filter((message) => !replaced.has(keyOf(message)))
    .sort((a, b) => parseIso(b.sent) - parseIso(a.sent))
}
