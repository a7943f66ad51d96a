import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Catalogue } from '@/domain/catalogue'
import type { World } from '@/domain/world'
import css from '@/app/desk/feeds/FeedDesk.module.css'
import { useCatalogue } from '@/app/fetch/questions'
import { useNames } from '@/app/messages/locale'
import { formatNumber } from '@/app/ui/figure/formatNumber'
import sheet from '@/app/ui/Sheet.module.css'

const SHOWN = 25

/** Finds series by place, property, key or feed, and says where each comes from. */
export function CatalogueSearch({ world }: { readonly world: World }) {
  const t = useTranslations('feedDesk')
  const names = useNames()
  const locale = useLocale()
  const [asked, setAsked] = useState('')
  const catalogue = useCatalogue(world.key, 0).answer
  const found = catalogue === undefined || asked.trim() === '' ? [] : search(catalogue, asked)
  return (
    <section>
      <h2>{t('catalogue')}</h2>
      <form onSubmit={(event) => event.preventDefault()}>
        <label>
          {t('search')}
          <input name="asked" value={asked} onChange={(event) => setAsked(event.target.value)} autoComplete="off" />
        </label>
      </form>
      <p className={sheet['note']}>
        {asked.trim() === '' ? '' : t('found', { n: formatNumber(found.length, 0, locale) })}
      </p>
      <table data-testid="found">
        <tbody>
          {found.slice(0, SHOWN).map(({ stream, property, feed }) => (
            <tr key={stream.key}>
              <td>
                <b>{names(stream.name)}</b>
                <div className={css['code']}>{stream.key}</div>
              </td>
              <td>{property === undefined ? '' : `${names(property.name)} ${property.unit}`}</td>
              <td>{feed === undefined ? '' : t('lineage', { feed: names(feed.name), owner: names(feed.owner) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Every word must be in a name, in either language, or in a key. */
function search(catalogue: Catalogue, asked: string) {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  const feeds = new Map(catalogue.feeds.map((feed) => [feed.no, feed]))
  const properties = new Map(catalogue.properties.map((property) => [property.key, property]))
  return catalogue.datastreams.flatMap((stream) => {
    const [feed, property] = [feeds.get(stream.feed), properties.get(stream.property)]
    const texts = [stream.name, feed?.name, feed?.owner, property?.name].flatMap((name) =>
      name === undefined ? [] : [name['zh-CN'], name.en],
    )
    const text = [stream.key, feed?.key ?? '', ...texts].join(' ').toLowerCase()
    return words.every((word) => text.includes(word)) ? [{ stream, feed, property }] : []
  })
}
