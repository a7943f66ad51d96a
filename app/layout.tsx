import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Language } from './messages/Language'

export const metadata: Metadata = { title: '钟楼 Belfry', description: 'City operations center' }
export const viewport: Viewport = { themeColor: '#0f1214', width: 'device-width', initialScale: 1 }

/** Every page is a shell: what it shows is fetched by the browser that shows it. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="zh-CN" data-theme="dark" suppressHydrationWarning>
      <body>
        <Language>{children}</Language>
      </body>
    </html>
  )
}
