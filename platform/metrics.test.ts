import { expect, test } from 'vitest'
import { createMetrics } from './metrics'

test('counters, gauges and histograms come out with component and labels', async () => {
  const metrics = createMetrics('server')
  metrics.counter({ name: 'belfry_intake_records_total', help: 'h', labels: ['feed'] }).inc({ feed: 'air' }, 3)
  metrics.gauge({ name: 'belfry_log_bytes', help: 'h', collect: () => 42 })
  metrics.histogram({ name: 'belfry_ack_seconds', help: 'h', buckets: [0.1, 1] }).observe(0.5)
  const text = await metrics.text()
  expect(text).toContain('belfry_intake_records_total{feed="air",component="server"} 3')
  expect(text).toContain('belfry_log_bytes{component="server"} 42')
  expect(text).toMatch(/belfry_ack_seconds_bucket\{le="0\.1",component="server"\} 0/)
  expect(text).toMatch(/belfry_ack_seconds_bucket\{le="1",component="server"\} 1/)
})

test('two registries do not meet', async () => {
  const first = createMetrics('a')
  first.counter({ name: 'x_total', help: 'h' }).inc()
  expect(await createMetrics('b').text()).not.toContain('x_total')
})
