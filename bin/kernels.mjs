#!/usr/bin/env node
// `npm run kernels`: compiles the WebAssembly kernels; start, test and bench do it by themselves.
import { buildKernels } from './steps/kernels.mjs'
import { conclude } from './steps/terminal.mjs'

await conclude(buildKernels)
