import type { WallAct } from '@/domain/wall/wallState'
import type { WallLayout } from '@/domain/wall/wallLayout'
import { WallView } from '@/domain/api/wall'
import type { Belfry } from './belfry'
import { cookieOf } from './webServer'

const PASSWORD = 'a long enough password'

/** The desk of a Belfry's administrator, by its interface. */
export interface TestDesk {
  steer(wall: string, act: WallAct): Promise<void>
  layOut(wall: string, layout: WallLayout): Promise<void>
  view(wall: string): Promise<WallView>
  setCity(world: string, city: string): Promise<void>
}

/** Signs in by the one-time password, which is replaced. */
export async function openDesk({ address, admin }: Belfry): Promise<TestDesk> {
  if (admin === undefined) throw new Error('This Belfry showed no one-time password.')
  const send = async (path: string, method: string, body: unknown, cookie = ''): Promise<Response> => {
    const headers = { 'content-type': 'application/json', cookie: `belfry_session=${cookie}` }
    const answer = await fetch(`${address}${path}`, { method, body: JSON.stringify(body), headers })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const account = admin.login
  const once = cookieOf(await send('/api/session', 'POST', { account, password: admin.password })) ?? ''
  await send('/api/session/password', 'PUT', { current: admin.password, next: PASSWORD }, once)
  const cookie = cookieOf(await send('/api/session', 'POST', { account, password: PASSWORD })) ?? ''
  const view = async (wall: string): Promise<WallView> => {
    const answer = await fetch(`${address}/api/walls/${wall}`, { headers: { cookie: `belfry_session=${cookie}` } })
    return WallView.parse(await answer.json())
  }
  return {
    view,
    async steer(wall, act) {
      await send(`/api/walls/${wall}/acts`, 'POST', act, cookie)
    },
    async layOut(wall, layout) {
      const { version } = (await view(wall)).orders.layout
      await send(`/api/walls/${wall}/layout`, 'PUT', { version, layout }, cookie)
    },
    async setCity(world, city) {
      await send(`/api/worlds/${world}/city`, 'PUT', { city }, cookie)
    },
  }
}
