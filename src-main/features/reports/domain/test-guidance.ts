/** What a test looks for, and what can explain its findings without any fault. Tried before anything is concluded. */
interface TestGuidance {
  readonly looksFor: string;
  readonly innocent: readonly string[];
}

const GUIDANCE: Readonly<Record<string, TestGuidance>> = {
  'benford-first-two': {
    looksFor:
      'Amounts that arise from many independent causes begin with the pairs of digits 10 to 99 in proportions known as Benford’s law. The test compares the proportions found with those expected and lists the pairs that occur far more often.',
    innocent: [
      'fixed prices, fees, rents, instalments or per-diem rates that repeat one amount',
      'amounts with a built-in lower or upper limit, such as a smallest order or a card limit',
      'a period or population too short or too uniform for the law to apply',
    ],
  },
  'duplicate-exact': {
    looksFor:
      'Records that are equal in every field. The same record can stand twice because it was entered, paid or exported twice.',
    innocent: [
      'the same file, or files of overlapping periods, were given twice',
      'two real payments of one amount on one day that the bank describes alike',
      'a batch that the exporting system writes once for each account',
    ],
  },
  'same-same-different': {
    looksFor:
      'Payments of the same amount to the same party under different references, which is how an invoice paid twice often looks.',
    innocent: [
      'rents, subscriptions, instalments and other regular payments of one amount',
      'several deliveries at one price, each with its own invoice',
      'a payment that was returned and made again',
    ],
  },
  'just-below-threshold': {
    looksFor:
      'Amounts just below a limit, such as an approval or reporting limit, and parties with several of them within a few days.',
    innocent: [
      'prices set just below a round figure',
      'a contract or instalment plan that fixes the amount',
      'a limit that did not apply to this account, person or period: confirm which limit was in force',
    ],
  },
  'sequence-gap': {
    looksFor: 'Numbers missing from a series that otherwise counts up without gaps, such as cheque or invoice numbers.',
    innocent: [
      'voided, cancelled or reserved numbers: ask for the register',
      'numbers used in another account, branch or period that was not given',
      'a reference that is not a serial number although it counts up for a while',
    ],
  },
  'relative-size-factor': {
    looksFor:
      'A party’s largest amount that is many times its second largest: a sign of a misplaced decimal point or of a payment out of the ordinary.',
    innocent: [
      'a one-off purchase, a final settlement or a payment of arrears',
      'a party with few records, for whom a second amount means little',
    ],
  },
  velocity: {
    looksFor: 'Days on which an account has far more records than it usually has.',
    innocent: [
      'pay days, month ends, direct-debit and settlement days',
      'records posted together after a closure or a system change',
    ],
  },
};

const UNKNOWN: TestGuidance = {
  looksFor:
    'The specification of the test, in the documentation of this version of NEXUS, states its formula and source.',
  innocent: ['ordinary business reasons that the records alone do not show'],
};

/** The guidance of a test by its id; general words for a test that has none of its own. */
export const guidanceOf = (test: string): TestGuidance => GUIDANCE[test] ?? UNKNOWN;
