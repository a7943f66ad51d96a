import { z } from 'zod'
import { Uuid } from '../ids'

/**
 * `commander` decides (带班领导), `chief` leads the shift (值班长), `operator` sits at a desk, `department` answers for
 * one department, `security` and `auditor` are the administrators of rights and of the audit.
 */
export const Role = z.enum([
  'administrator',
  'security',
  'auditor',
  'commander',
  'chief',
  'operator',
  'department',
  'viewer',
])
export type Role = z.infer<typeof Role>

/** `POST /api/accounts`. `account` is what is typed at the sign-in. */
export const NewAccount = z.object({
  account: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u),
  name: z.string().trim().min(1).max(80),
  roles: z.array(Role).min(1).max(3),
  /** Code of the department whose orders the account answers; by domain/access/departments.ts. */
  department: z.string().max(12).optional(),
})
export type NewAccount = z.infer<typeof NewAccount>

/** A one-time password, shown in this answer and never again; it must be changed at the next sign-in. */
export const OneTimePassword = z.object({ id: Uuid, account: z.string(), password: z.string() })
export type OneTimePassword = z.infer<typeof OneTimePassword>

/** `GET /api/accounts`; times in epoch ms. */
export const AccountList = z.object({
  accounts: z.array(
    z.object({
      id: Uuid,
      account: z.string(),
      name: z.string(),
      roles: z.array(Role),
      department: z.string().optional(),
      disabled: z.boolean(),
      mustChangePassword: z.boolean(),
      createdAt: z.number(),
    }),
  ),
})
export type AccountList = z.infer<typeof AccountList>
export type AccountEntry = AccountList['accounts'][number]
