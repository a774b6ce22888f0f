/** Branded identifiers: a CaseId can never be passed where a SourceId is wanted. All are lower-case UUIDs. */
declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type CaseId = Id<'case'>;
export type SourceId = Id<'source'>;
export type FindingId = Id<'finding'>;
export type RunId = Id<'run'>;
export type JobId = Id<'job'>;
