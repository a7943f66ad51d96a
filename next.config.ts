import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

/** Pages only. Headers, content security policy, locale and sign-in are answered by server/http before Next. */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  compress: false, // server/http and the reverse proxy decide about compression
  devIndicators: false,
  typescript: { ignoreBuildErrors: true }, // `npm run check` runs the same compiler over the whole repository
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
}

export default config
