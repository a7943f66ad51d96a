const LANCZOS = [
  676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13, -176.615_029_162_140_6,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
]
const TINY = 1e-300
const TERMS = 1000

/** Natural logarithm of the gamma function for x > 0 (Lanczos 1964, g = 7), relative error below 1e-14. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  let sum = 0.999_999_999_999_809_93
  for (const [i, term] of LANCZOS.entries()) sum += term / (z + i + 1)
  const t = z + LANCZOS.length - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Regularised lower incomplete gamma P(shape, x): the distribution function of a gamma variable of scale 1. */
export function gammaP(shape: number, x: number): number {
  if (x <= 0) return 0
  return x < shape + 1 ? gammaSeries(shape, x) : 1 - gammaFraction(shape, x)
}

/** Regularised upper incomplete gamma Q = 1 - P, exact in the tail as well. */
export function gammaQ(shape: number, x: number): number {
  if (x <= 0) return 1
  return x < shape + 1 ? 1 - gammaSeries(shape, x) : gammaFraction(shape, x)
}

function gammaSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; n < TERMS && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= x / (shape + n)
    sum += term
  }
  return sum * Math.exp(-x + shape * Math.log(x) - logGamma(shape))
}

/** Lentz's method on the continued fraction of Q. */
function gammaFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / TINY
  let d = 1 / b
  let h = d
  for (let i = 1; i < TERMS; i++) {
    const a = -i * (i - shape)
    b += 2
    d = 1 / nonZero(a * d + b)
    c = nonZero(b + a / c)
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return Math.exp(-x + shape * Math.log(x) - logGamma(shape)) * h
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/** The x with P(shape, x) = p, to 1e-12 relative: bracketed Newton from Wilson and Hilferty's cube. */
export function gammaQuantile(p: number, shape: number): number {
  if (p <= 0) return 0
  if (p >= 1) return Number.POSITIVE_INFINITY
  const cube = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape))
  const guess = cube > 0 ? shape * cube ** 3 : Math.exp((Math.log(p) + logGamma(shape + 1)) / shape)
  const density = (x: number): number => Math.exp(-x + (shape - 1) * Math.log(x) - logGamma(shape))
  return invert({ of: (x) => gammaP(shape, x), density, target: p, guess: Math.max(guess, 1e-12) })
}

/** Distribution function of the normal distribution, relative accuracy 1e-13 also far below zero. */
export function normalCdf(x: number): number {
  if (x === 0) return 0.5
  return x < 0 ? 0.5 * gammaQ(0.5, (x * x) / 2) : 1 - 0.5 * gammaQ(0.5, (x * x) / 2)
}

/** Quantile of the normal distribution: Hastings' rational start (1955, 26.2.23), then Newton on `normalCdf`. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY
  if (p >= 1) return Number.POSITIVE_INFINITY
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  let x = -(
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  )
  for (let i = 0; i < 4; i++) x -= (normalCdf(x) - p) / (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
  return x
}

/** Regularised incomplete beta I_x(a, b). */
export function betaI(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return h
}

/** Quantile of Student's t with `freedom` degrees of freedom. */
export function studentTQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return -studentTQuantile(1 - p, freedom)
  const scale = Math.exp(logGamma((freedom + 1) / 2) - logGamma(freedom / 2)) / Math.sqrt(freedom * Math.PI)
  const of = (t: number): number => 1 - 0.5 * betaI(freedom / 2, 0.5, freedom / (freedom + t * t))
  const density = (t: number): number => scale * (1 + (t * t) / freedom) ** (-(freedom + 1) / 2)
  return invert({ of, density, target: p, guess: Math.max(normalQuantile(p), 1e-9) })
}

interface Inversion {
  readonly of: (x: number) => number
  readonly density: (x: number) => number
  readonly target: number
  readonly guess: number
}

/** Newton kept inside a bracket on (0, ∞) of an increasing function. */
function invert({ of, density, target, guess }: Inversion): number {
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let x = guess
  for (let i = 0; i < 200; i++) {
    const off = of(x) - target
    if (off > 0) high = x
    else low = x
    const step = off / density(x)
    let next = x - step
    if (!(next > low && next < high)) next = high === Number.POSITIVE_INFINITY ? x * 2 : (low + high) / 2
    if (Math.abs(next - x) <= 1e-14 * x) return next
    x = next
  }
  return x
}
