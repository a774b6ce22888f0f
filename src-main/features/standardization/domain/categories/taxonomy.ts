/**
 * Categories that can be given from the start, by group. A case may use others: a confirmed label or a rule brings its own.
 * Grouped as COICOP 2018 and the merchant category codes of ISO 18245 part consumption, with what businesses pay beside it.
 */
export const TAXONOMY = [
  {
    group: 'Income',
    categories: ['Salary', 'Sales', 'Interest received', 'Dividends', 'Refunds', 'Benefits', 'Other income'],
  },
  {
    group: 'Business',
    categories: [
      'Payroll',
      'Suppliers',
      'Professional services',
      'Office supplies',
      'Software and subscriptions',
      'Advertising',
      'Taxes',
      'Rent',
      'Insurance',
      'Utilities',
      'Telecommunications',
    ],
  },
  {
    group: 'Money',
    categories: [
      'Bank charges',
      'Interest paid',
      'Loans',
      'Cash',
      'Own transfers',
      'Savings and investments',
      'Securities',
      'Currency exchange',
      'Gambling',
      'Crypto-assets',
    ],
  },
  {
    group: 'Living',
    categories: [
      'Groceries',
      'Restaurants and cafés',
      'Shopping',
      'Clothing',
      'Electronics',
      'Home and garden',
      'Health',
      'Personal care',
      'Education',
      'Entertainment',
      'Charity',
    ],
  },
  {
    group: 'Mobility',
    categories: [
      'Fuel',
      'Public transport',
      'Taxis',
      'Parking and tolls',
      'Vehicles',
      'Air travel',
      'Hotels and travel',
    ],
  },
] as const;

export type Category = (typeof TAXONOMY)[number]['categories'][number];
