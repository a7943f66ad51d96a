import type { ServerResponse } from 'node:http'

/** Headers of every answer. */
export function secure(response: ServerResponse, overHttps: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  if (overHttps) response.setHeader('strict-transport-security', 'max-age=31536000')
}

/** An answer of the interface is data: a browser that opens it runs and loads nothing. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

export interface PagePolicy {
  /** `host:port` of the request, for browsers whose 'self' does not cover sockets. */
  readonly host: string
  /** For inline scripts of a page rendered now. */
  readonly nonce: string
  /** SHA-256 sources of the inline scripts of a page rendered at build time. */
  readonly hashes: readonly string[]
  /** Development only: the compiler's runtime evaluates code. */
  readonly development: boolean
}

/** Nothing from elsewhere: scripts of the build, and inline ones known by hash or nonce. */
export function pagePolicy({ host, nonce, hashes, development }: PagePolicy): string {
  const evaluated = development ? ["'unsafe-eval'"] : []
  const policy: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, ...hashes.map((hash) => `'${hash}'`), ...evaluated],
    'style-src': ["'self'", ...(development ? ["'unsafe-inline'"] : [])],
    'style-src-attr': ["'unsafe-inline'"], // React writes style attributes into the first HTML
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", `ws://${host}`, `wss://${host}`],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  }
  return Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}
