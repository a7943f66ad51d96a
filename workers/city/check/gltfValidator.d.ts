declare module 'gltf-validator' {
  export interface Report {
    readonly issues: {
      readonly numErrors: number
      readonly numWarnings: number
      readonly messages: readonly { readonly code: string; readonly message: string; readonly severity: number }[]
    }
  }
  export function validateBytes(
    data: Uint8Array,
    options: { readonly format: 'glb'; readonly writeTimestamp: boolean; readonly maxIssues: number },
  ): Promise<Report>
}
