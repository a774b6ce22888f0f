/** Where a standardized value comes from; the order in which sources of a category prevail. */
export const ORIGINS = ['unknown', 'file', 'standardizer', 'rule', 'confirmed', 'learned', 'merged'] as const;
export type Origin = (typeof ORIGINS)[number];
