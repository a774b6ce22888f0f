import type { Category } from './taxonomy.ts';

/** Ranges of merchant category codes (ISO 18245), first and last, in ascending order. */
const RANGES: readonly (readonly [first: number, last: number, category: Category])[] = [
  [742, 742, 'Health'],
  [1520, 1799, 'Home and garden'],
  [3000, 3350, 'Air travel'],
  [3351, 3500, 'Vehicles'],
  [3501, 3999, 'Hotels and travel'],
  [4111, 4112, 'Public transport'],
  [4119, 4119, 'Health'],
  [4121, 4121, 'Taxis'],
  [4131, 4131, 'Public transport'],
  [4411, 4411, 'Hotels and travel'],
  [4511, 4582, 'Air travel'],
  [4722, 4723, 'Hotels and travel'],
  [4784, 4784, 'Parking and tolls'],
  [4812, 4821, 'Telecommunications'],
  [4829, 4829, 'Own transfers'],
  [4899, 4899, 'Telecommunications'],
  [4900, 4900, 'Utilities'],
  [5013, 5072, 'Suppliers'],
  [5111, 5111, 'Office supplies'],
  [5122, 5122, 'Health'],
  [5172, 5172, 'Fuel'],
  [5200, 5271, 'Home and garden'],
  [5300, 5399, 'Shopping'],
  [5411, 5499, 'Groceries'],
  [5511, 5533, 'Vehicles'],
  [5541, 5542, 'Fuel'],
  [5551, 5599, 'Vehicles'],
  [5611, 5699, 'Clothing'],
  [5712, 5722, 'Home and garden'],
  [5732, 5735, 'Electronics'],
  [5811, 5814, 'Restaurants and cafés'],
  [5815, 5818, 'Software and subscriptions'],
  [5912, 5912, 'Health'],
  [5921, 5921, 'Groceries'],
  [5931, 5942, 'Shopping'],
  [5943, 5943, 'Office supplies'],
  [5944, 5999, 'Shopping'],
  [6010, 6011, 'Cash'],
  [6012, 6012, 'Loans'],
  [6050, 6051, 'Crypto-assets'],
  [6211, 6211, 'Securities'],
  [6300, 6300, 'Insurance'],
  [6513, 6513, 'Rent'],
  [6540, 6540, 'Own transfers'],
  [7011, 7033, 'Hotels and travel'],
  [7230, 7298, 'Personal care'],
  [7311, 7311, 'Advertising'],
  [7372, 7379, 'Software and subscriptions'],
  [7512, 7519, 'Vehicles'],
  [7523, 7523, 'Parking and tolls'],
  [7531, 7549, 'Vehicles'],
  [7800, 7802, 'Gambling'],
  [7829, 7994, 'Entertainment'],
  [7995, 7995, 'Gambling'],
  [7996, 7999, 'Entertainment'],
  [8011, 8099, 'Health'],
  [8111, 8111, 'Professional services'],
  [8211, 8299, 'Education'],
  [8398, 8398, 'Charity'],
  [8911, 8999, 'Professional services'],
  [9211, 9222, 'Taxes'],
  [9311, 9311, 'Taxes'],
  [9399, 9399, 'Taxes'],
  [9405, 9405, 'Taxes'],
];

/** The category of a merchant category code as a file states it (`5411`, `MCC 5411`); null for other text and codes. */
export const categoryOfMerchantCode = (
  stated: string,
): { readonly code: string; readonly category: Category } | null => {
  const match = /^(?:MCC\s*[:#]?\s*)?(\d{4})$/i.exec(stated.trim());
  const code = match?.[1];
  if (code === undefined) return null;
  const number = Number(code);
  const range = RANGES.find(([first, last]) => number >= first && number <= last);
  return range === undefined ? null : { code, category: range[2] };
};
