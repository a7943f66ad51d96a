import type { RoadQuestion } from '@/domain/api/roads'
import type { Metrics } from '@/platform/metrics'

const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 20, 60]

/** Counts questions to the roads and their time, in seconds. */
export function roadMeter(metrics: Metrics): (question: RoadQuestion['kind'], seconds: number) => void {
  const asked = metrics.histogram({
    name: 'belfry_roads_question_seconds',
    help: 'Time of a question to the roads with its wait, refused ones included.',
    labels: ['question'],
    buckets: BUCKETS,
  })
  return (question, seconds) => asked.observe({ question }, seconds)
}
