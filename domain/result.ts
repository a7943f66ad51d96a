/** A refused input is a value, not an exception: the caller must look at both sides. */
export type Result<Value, Refusal> = { ok: true; value: Value } | { ok: false; error: Refusal }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })
export const err = <Refusal>(error: Refusal): { ok: false; error: Refusal } => ({ ok: false, error })
