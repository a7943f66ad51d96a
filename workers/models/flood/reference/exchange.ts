import type { Exchange, FloodEngine } from '../engine'

export interface ExchangeAccount {
  readonly exchange: Exchange
  carry: number
  total: bigint
}

const MOST = 1e9
const UNBOUNDED = 2 ** 31 - 1

/** One exchange in one tick: a cell gives what it holds and no more, the fraction of a quantum is carried. */
export function exchangeOnce(
  account: ExchangeAccount,
  { time, dt }: { time: number; dt: number },
  engine: Pick<FloodEngine, 'depthOf' | 'bedOf' | 'add'>,
): void {
  const { exchange } = account
  const moved = exchange.kind === 'stage' ? toStage(exchange, time + dt, engine) : atRate(account, dt, engine)
  account.total += BigInt(moved)
  if (moved === 0) return
  if (exchange.kind === 'pair') {
    engine.add(exchange.cell, -moved)
    engine.add(exchange.to, moved)
  } else engine.add(exchange.cell, moved)
}

function toStage(
  { cell, stage, slope }: Extract<Exchange, { kind: 'stage' }>,
  at: number,
  engine: Pick<FloodEngine, 'depthOf' | 'bedOf'>,
): number {
  const level = Math.floor(stage + slope * at + 0.5)
  return Math.max(level - engine.bedOf(cell), 0) - engine.depthOf(cell)
}

function atRate(account: ExchangeAccount, dt: number, engine: Pick<FloodEngine, 'depthOf'>): number {
  const { exchange } = account
  if (exchange.kind === 'stage') return 0
  const want = exchange.rate * dt + account.carry
  const moved = Math.floor(Math.min(Math.max(want, -MOST), MOST))
  account.carry = Math.abs(want) > MOST ? 0 : want - moved
  const most = Math.max(0, held(exchange, moved, engine))
  if (Math.abs(moved) <= most) return moved
  account.carry = 0
  return moved < 0 ? -most : most
}

/** What the giving side holds, quanta. */
function held(
  exchange: Exclude<Exchange, { kind: 'stage' }>,
  moved: number,
  engine: Pick<FloodEngine, 'depthOf'>,
): number {
  if (exchange.kind === 'rate') return moved < 0 ? engine.depthOf(exchange.cell) : UNBOUNDED
  return engine.depthOf(moved > 0 ? exchange.cell : exchange.to)
}
