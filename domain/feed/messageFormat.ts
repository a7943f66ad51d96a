import { z } from 'zod'
import { TEXT_ENCODINGS } from '../formats/text'

/** How the letters of a file are coded; a byte order mark in it decides first. GB2312 and GBK are gb18030. */
export const FileEncoding = z.enum(TEXT_ENCODINGS).default('utf-8')

/** Forms of messages that say themselves how they are built. Their rows' fields stand in docs/interfaces.zh-CN.md. */
export const MESSAGE_FORMAT_SPECS = [
  /** Each element named `row` is a record of its attributes and of its children's texts, deeper ones by their path. */
  z.strictObject({ kind: z.literal('xml'), row: z.string().min(1) }).readonly(),
  /** CAP 1.2, alone or inside Atom, RSS or EDXL-DE. */
  z.strictObject({ kind: z.literal('cap') }).readonly(),
  z.strictObject({ kind: z.literal('jt808') }).readonly(),
  /** Cursor on Target, XML or TAK protobuf version 1. */
  z.strictObject({ kind: z.literal('cot') }).readonly(),
  z.strictObject({ kind: z.literal('gtfsRt') }).readonly(),
  z.strictObject({ kind: z.literal('ais') }).readonly(),
  z.strictObject({ kind: z.literal('adsb') }).readonly(),
  z.strictObject({ kind: z.literal('sensorThings') }).readonly(),
  z.strictObject({ kind: z.literal('ngsiLd') }).readonly(),
] as const
