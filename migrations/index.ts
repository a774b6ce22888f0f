import { createFoundation } from './202611230001_create_foundation.ts';
import { widenIngestion } from './202611230002_widen_ingestion.ts';
import { profilesAndSetAside } from './202611230003_profiles_and_set_aside.ts';
import { createRecipe } from './202611230004_create_recipe.ts';
import { createFindingEvents } from './202611230005_create_finding_events.ts';
import { createReconciliationDecisions } from './202611230006_create_reconciliation_decisions.ts';
import { createTypologies } from './202611230007_create_typologies.ts';
import { createDetectionSettings } from './202611230008_create_detection_settings.ts';
import { entryTrail } from './202611230009_entry_trail.ts';
import { sealAuditLog } from './202611230010_seal_audit_log.ts';
import { createCustody } from './202611230011_create_custody.ts';
import { createAccounts } from './202611230012_create_accounts.ts';
import { createFactors } from './202611230013_create_factors.ts';
import { createAccessControl } from './202611230014_create_access_control.ts';

/** A step of the schema. Append-only: a step that was ever released is never edited, never renumbered. */
export interface Migration {
  /** YYYYMMDDNNNN, fixed width, strictly ascending. */
  readonly stamp: number;
  readonly name: string;
  readonly sql: string;
}

/** All steps in order, registered by hand: nothing is read from a folder at run time. */
export const migrations: readonly Migration[] = [
  createFoundation,
  widenIngestion,
  profilesAndSetAside,
  createRecipe,
  createFindingEvents,
  createReconciliationDecisions,
  createTypologies,
  createDetectionSettings,
  entryTrail,
  sealAuditLog,
  createCustody,
  createAccounts,
  createFactors,
  createAccessControl,
];
