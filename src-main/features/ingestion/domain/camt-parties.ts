import type { DetailField } from './camt-fields.ts';
import type { XmlFields } from './xml-paths.ts';

export interface Party {
  readonly name: string;
  readonly account: string;
}

/** Debtor and creditor of one payment; a party that is a financial institution by its name or BIC. */
export const partiesOf = (details: XmlFields<DetailField>): { readonly debtor: Party; readonly creditor: Party } => ({
  debtor: { name: details.first('debtor', 'ultimateDebtor', 'debtorBic'), account: details.get('debtorAccount') },
  creditor: {
    name: details.first('creditor', 'ultimateCreditor', 'creditorBic'),
    account: details.get('creditorAccount'),
  },
});

/**
 * Money that comes in comes from the debtor, money that goes out goes to the creditor. A reversal keeps the parties of
 * the payment that it undoes, so there the sides are swapped. A party whose account is the statement's own is never
 * the counterparty.
 */
export const counterpartyOf = (
  details: XmlFields<DetailField>,
  incoming: boolean,
  reversal: boolean,
  ownAccount: string | null,
): Party => {
  const { debtor, creditor } = partiesOf(details);
  const [likely, other] = incoming !== reversal ? [debtor, creditor] : [creditor, debtor];
  const isOwn = (party: Party): boolean => party.account !== '' && party.account === ownAccount;
  return isOwn(likely) && !isOwn(other) ? other : likely;
};
