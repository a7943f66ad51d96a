import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const UP = 2

/** A PNG of 8-bit red, green, blue, three bytes a pixel. Rows are stored as differences to the row above. */
export function encodePng(width: number, height: number, rgb: Uint8Array): Buffer {
  const stride = width * 3
  const filtered = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++) {
    const to = row * (stride + 1)
    filtered[to] = UP
    for (let i = 0; i < stride; i++) {
      const above = row === 0 ? 0 : rgb[(row - 1) * stride + i]!
      filtered[to + 1 + i] = rgb[row * stride + i]! - above
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const data = deflateSync(filtered, { level: 6 })
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12)
  out.writeUInt32BE(body.length, 0)
  out.write(type, 4, 'latin1')
  out.set(body, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length)
  return out
}
