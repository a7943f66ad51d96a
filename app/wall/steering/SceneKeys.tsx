import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { worldTimeAt } from '@/domain/world'
import type { World } from '@/domain/world'
import { MAP_LAYERS, PANELS, SCENES } from '@/domain/wall/wallState'
import type { Panel, SceneKey } from '@/domain/wall/wallState'
import { useNames } from '@/app/messages/locale'
import css from './SteerScreen.module.css'
import type { Desk } from './SteerScreen'

interface KeysProps {
  readonly desk: Desk
  readonly worlds: readonly World[]
}

/** Scenes and what they are made of: layers, columns, theme, audience, freeze, carousel. */
export function SceneKeys({ desk, worlds }: KeysProps) {
  const t = useTranslations('steer')
  const { steer, act, view } = desk
  const state = view.orders.state.body
  return (
    <section aria-label={t('scenes')}>
      <Group name={t('scenes')}>
        {SCENES.map((scene) => (
          <Key
            key={scene}
            act={`scene ${scene}`}
            on={state.scene === scene && state.carousel === undefined}
            busy={act.busy}
            onPress={() => steer({ kind: 'scene', scene })}
          >
            {t(`scene.${scene}`)}
          </Key>
        ))}
      </Group>
      <Group name={t('layers')}>
        {MAP_LAYERS.map((layer) => (
          <Key
            key={layer}
            act={`layer ${layer}`}
            on={state.layers.includes(layer)}
            busy={act.busy}
            onPress={() => steer({ kind: 'layer', layer, shown: !state.layers.includes(layer) })}
          >
            {t(`layer.${layer}`)}
          </Key>
        ))}
      </Group>
      <PanelKeys desk={desk} />
      <ScreenKeys desk={desk} worlds={worlds} />
      <TimeKeys desk={desk} />
    </section>
  )
}

function PanelKeys({ desk: { steer, act, view } }: { readonly desk: Desk }) {
  const t = useTranslations('steer')
  const { panels } = view.orders.state.body
  const chosen = (column: number, panel: Panel): Panel[] => {
    const next = [panels[0] ?? 'usual', panels[1] ?? 'feeds']
    next[column] = panel
    return next
  }
  return [0, 1].map((column) => (
    <Group key={column} name={`${t('panels')} ${column + 1}`}>
      {PANELS.map((panel) => (
        <Key
          key={panel}
          act={`panel ${column + 1} ${panel}`}
          on={panels[column] === panel}
          busy={act.busy}
          onPress={() => steer({ kind: 'panels', panels: chosen(column, panel) })}
        >
          {t(`panel.${panel}`)}
        </Key>
      ))}
    </Group>
  ))
}

const AUDIENCES = ['internal', 'visitors'] as const
const THEMES = ['dark', 'light'] as const

function ScreenKeys({ desk: { steer, act, view }, worlds }: KeysProps) {
  const t = useTranslations('steer')
  const names = useNames()
  const { audience, theme, flat, world } = view.orders.state.body
  const { busy } = act
  return (
    <>
      <Group name={t('audience')}>
        {AUDIENCES.map((one) => (
          <Key
            key={one}
            act={one}
            on={audience === one}
            busy={busy}
            onPress={() => steer({ kind: 'audience', audience: one })}
          >
            {t(`audiences.${one}`)}
          </Key>
        ))}
      </Group>
      <Group name={t('theme')}>
        {THEMES.map((one) => (
          <Key key={one} act={one} on={theme === one} busy={busy} onPress={() => steer({ kind: 'theme', theme: one })}>
            {t(`themes.${one}`)}
          </Key>
        ))}
      </Group>
      <Group name={t('map')}>
        {[false, true].map((one) => (
          <Key
            key={String(one)}
            act={one ? 'flat' : 'scene'}
            on={flat === one}
            busy={busy}
            onPress={() => steer({ kind: 'flat', flat: one })}
          >
            {t(one ? 'maps.flat' : 'maps.scene')}
          </Key>
        ))}
      </Group>
      <Group name={t('world')}>
        <Key act="world" on={world === undefined} busy={busy} onPress={() => steer({ kind: 'world', world: null })}>
          {t('ownWorld')}
        </Key>
        {worlds.map(({ key, name }) => (
          <Key
            key={key}
            act={`world ${key}`}
            on={world === key}
            busy={busy}
            onPress={() => steer({ kind: 'world', world: key })}
          >
            {names(name)}
          </Key>
        ))}
      </Group>
    </>
  )
}

/** Scenes that a carousel shows when nothing is pressing, and how long each. */
const ROUND: readonly SceneKey[] = ['home', 'traffic', 'districts']
const SECONDS = 30

function TimeKeys({ desk: { steer, act, view, world } }: { readonly desk: Desk }) {
  const t = useTranslations('steer')
  const { asOf, carousel } = view.orders.state.body
  const { busy } = act
  const freeze = (): void => steer({ kind: 'freeze', at: worldTimeAt(world.clock, view.serverTime) })
  return (
    <>
      <Group name={t('freeze')}>
        <Key act="freeze" on={asOf !== undefined} busy={busy} onPress={freeze}>
          {t('freeze')}
        </Key>
        <Key act="release" on={false} busy={busy || asOf === undefined} onPress={() => steer({ kind: 'release' })}>
          {t('release')}
        </Key>
      </Group>
      <Group name={t('carousel')}>
        <Key
          act="carousel"
          on={carousel !== undefined}
          busy={busy}
          onPress={() => steer({ kind: 'carousel', scenes: [...ROUND], seconds: SECONDS })}
        >
          {`${t('start')} · ${ROUND.map((scene) => t(`scene.${scene}`)).join(' · ')} · ${t('seconds', { n: SECONDS })}`}
        </Key>
        <Key act="hold" on={false} busy={busy || carousel === undefined} onPress={() => steer({ kind: 'hold' })}>
          {t('hold')}
        </Key>
      </Group>
    </>
  )
}

/** A line of keys with its name. */
export function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={css['group']}>
      <b>{name}</b>
      <div>{children}</div>
    </div>
  )
}

interface KeyProps {
  /** For tests and for whoever automates a desk. */
  readonly act: string
  readonly on: boolean
  readonly busy: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

/** One key; pressed in while what it says holds. */
export function Key({ act, on, busy, onPress, children }: KeyProps) {
  return (
    <button type="button" data-act={act} data-on={on} aria-pressed={on} disabled={busy} onClick={onPress}>
      {children}
    </button>
  )
}
