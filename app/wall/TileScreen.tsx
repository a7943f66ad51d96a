'use client'

import { useTranslations } from 'use-intl'
import { tileOfName } from '@/domain/wall/wallLayout'
import { Notice } from '@/app/ui/Notice'
import { WallScreen } from './WallScreen'

/** `/wall/<screen>`: one tile of a wall, `2-1` or `foyer-2-1`. */
export function TileScreen() {
  const t = useTranslations('steer')
  const tile = tileOfName(decodeURIComponent(window.location.pathname.split('/')[2] ?? ''))
  return tile === undefined ? <Notice text={t('noTile')} /> : <WallScreen tile={tile} />
}
