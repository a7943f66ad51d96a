import { DataTexture, LinearFilter, LinearMipmapLinearFilter, RedFormat, Texture, UnsignedByteType } from 'three'

/** Colours of a tile, with smaller copies for what lies far away. */
export function pictureTexture(picture: ImageBitmap): Texture {
  const texture = new Texture(picture)
  texture.flipY = false
  texture.generateMipmaps = true
  texture.minFilter = LinearMipmapLinearFilter
  texture.magFilter = LinearFilter
  texture.anisotropy = 8
  texture.needsUpdate = true
  return texture
}

/** One byte a pixel: coverage by water, or the distance to a bank. */
export function coverageTexture(bytes: Uint8Array<ArrayBuffer>, size: number): DataTexture {
  const texture = new DataTexture(bytes, size, size, RedFormat, UnsignedByteType)
  texture.minFilter = LinearMipmapLinearFilter
  texture.magFilter = LinearFilter
  texture.generateMipmaps = true
  texture.anisotropy = 8
  texture.needsUpdate = true
  return texture
}
