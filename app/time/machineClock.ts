/** The browser's wall clock in epoch milliseconds, monotonic between two loads of the page. */
export const machineNow = (): number => performance.timeOrigin + performance.now()
