declare module 'pngjs' {
  interface DecodedPng {
    readonly width: number
    readonly height: number
    readonly data: Buffer
  }
  export const PNG: { readonly sync: { read(bytes: Buffer): DecodedPng } }
}
