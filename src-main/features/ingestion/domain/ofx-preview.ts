import type { OfxListener } from './ofx-structure.ts';

/** What a correction does to an earlier transaction of the account (OFX 2.3, 11.4.4.1). */
export interface OfxCorrection {
  readonly action: 'REPLACE' | 'DELETE';
  /** FITID of the correcting transaction. */
  readonly by: string;
}

const ACCOUNTS: ReadonlySet<string> = new Set(['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM']);

/** A first reading of what stands later in the file than it is needed: names of securities, and corrections. */
export class OfxPreview implements OfxListener {
  /** Names by identifier. */
  readonly securities = new Map<string, string>();
  private readonly corrections = new Map<string, OfxCorrection>();
  private account = '';
  private securityId = '';
  private fitId = '';
  private corrected = '';
  private action = '';

  open(name: string): void {
    if (name === 'SECINFO') this.securityId = '';
    else if (name === 'STMTTRN') this.fitId = this.corrected = this.action = '';
  }

  element(aggregate: string, name: string, value: string): void {
    if (ACCOUNTS.has(aggregate) && name === 'ACCTID') this.account = value;
    else if (aggregate === 'SECID' && name === 'UNIQUEID') this.securityId = value;
    else if (aggregate === 'SECINFO' && name === 'SECNAME' && this.securityId !== '') {
      if (!this.securities.has(this.securityId)) this.securities.set(this.securityId, value);
    } else if (aggregate === 'STMTTRN') {
      if (name === 'FITID') this.fitId = value;
      else if (name === 'CORRECTFITID') this.corrected = value;
      else if (name === 'CORRECTACTION') this.action = value.toUpperCase();
    }
  }

  close(name: string): void {
    if (name !== 'STMTTRN' || this.corrected === '' || this.corrected === this.fitId) return;
    if (this.action === 'REPLACE' || this.action === 'DELETE')
      this.corrections.set(`${this.account}\n${this.corrected}`, { action: this.action, by: this.fitId });
  }

  /** How a transaction of an account is corrected elsewhere in the file; null where it is not. */
  correctionOf(account: string, fitId: string): OfxCorrection | null {
    return this.corrections.get(`${account}\n${fitId}`) ?? null;
  }
}
