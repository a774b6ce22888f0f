import duplicatePayments from '../../../../resources/typologies/duplicate-payments.json' with { type: 'json' };
import fictitiousJournalEntries from '../../../../resources/typologies/fictitious-journal-entries.json' with {
  type: 'json',
};
import kickbackSplitPurchases from '../../../../resources/typologies/kickback-split-purchases.json' with {
  type: 'json',
};
import layering from '../../../../resources/typologies/layering.json' with { type: 'json' };
import moneyMule from '../../../../resources/typologies/money-mule.json' with { type: 'json' };
import payrollGhost from '../../../../resources/typologies/payroll-ghost.json' with { type: 'json' };
import roundTrip from '../../../../resources/typologies/round-trip.json' with { type: 'json' };
import shellVendor from '../../../../resources/typologies/shell-vendor.json' with { type: 'json' };
import structuringSmurfing from '../../../../resources/typologies/structuring-smurfing.json' with { type: 'json' };
import { TypologyShape } from '../../../contract/typologies.contract.ts';

/** The typologies that every case has, each checked when the application starts: a file that breaks the schema stops it. */
export const BUNDLED_TYPOLOGIES: readonly TypologyShape[] = [
  structuringSmurfing,
  shellVendor,
  kickbackSplitPurchases,
  payrollGhost,
  moneyMule,
  layering,
  roundTrip,
  fictitiousJournalEntries,
  duplicatePayments,
].map(typology => TypologyShape.parse(typology));
