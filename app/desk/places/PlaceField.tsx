'use client'

import type { KeyboardEvent } from 'react'
import { useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSketch } from '@/app/fetch/questions'
import { useNames } from '@/app/messages/locale'
import { useWall } from '@/app/wall/wallContext'
import { matching } from '../palette/match'
import type { NamedPlace } from './namedPlaces'
import { namedPlaces } from './namedPlaces'
import css from './PlaceField.module.css'

const OFFERED = 6

export interface PlaceFieldProps {
  readonly value: string
  readonly pointed: boolean
  readonly onText: (text: string) => void
  readonly onPlace: (place: { readonly text: string; readonly longitude: number; readonly latitude: number }) => void
}

/** Where: words, with the city's own names offered while they are typed; a chosen name or a click on the map gives the point. */
export function PlaceField({ value, pointed, onText, onPlace }: PlaceFieldProps) {
  const { world, index } = useWall()
  const t = useTranslations('desk.call')
  const names = useNames()
  const id = useId()
  const sketch = useSketch(world.key).answer
  const places = useMemo(
    () =>
      namedPlaces(index.catalogue, sketch).map((place) => ({ ...place, words: [place.name['zh-CN'], place.name.en] })),
    [index, sketch],
  )
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const offered = open && value.trim() !== '' ? matching(value, places).slice(0, OFFERED) : []
  const choose = (place: NamedPlace): void => {
    onPlace({ text: names(place.name), longitude: place.longitude, latitude: place.latitude })
    setOpen(false)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || offered.length === 0) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((held) => (held + step + offered.length) % offered.length)
    const chosen = offered[at]
    if (event.key === 'Enter' && chosen !== undefined) choose(chosen)
    else if (event.key === 'Escape') setOpen(false)
    else if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={css['place']}>
      <input
        value={value}
        required
        maxLength={120}
        autoComplete="off"
        role="combobox"
        aria-label={t('place')}
        aria-expanded={offered.length > 0}
        aria-controls={id}
        aria-activedescendant={offered.length > 0 ? `${id} ${at}` : undefined}
        name="place"
        onChange={(event) => {
          setOpen(true)
          setAt(0)
          onText(event.target.value)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <small>{pointed ? t('pointed') : t('notPointed')}</small>
      <Offers id={id} offered={offered} at={at} onChoose={choose} />
    </div>
  )
}

interface OffersProps {
  readonly id: string
  readonly offered: readonly NamedPlace[]
  readonly at: number
  readonly onChoose: (place: NamedPlace) => void
}

function Offers({ id, offered, at, onChoose }: OffersProps) {
  const t = useTranslations('desk.call')
  const names = useNames()
  return (
    <ul id={id} role="listbox" hidden={offered.length === 0} aria-label={t('place')}>
      {offered.map((place, i) => (
        <li
          key={place.key}
          id={`${id} ${i}`}
          role="option"
          aria-selected={i === at}
          onPointerDown={(event) => {
            event.preventDefault() // the field keeps its focus
            onChoose(place)
          }}
        >
          {names(place.name)} <small>{t(`kind.${place.kind}`)}</small>
        </li>
      ))}
    </ul>
  )
}
