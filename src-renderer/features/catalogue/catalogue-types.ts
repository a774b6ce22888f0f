import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type Catalogue = ChannelAnswer<'tests.catalogue'>;
export type CatalogueTest = Catalogue['tests'][number];
export type TestParameter = CatalogueTest['parameters'][number];
export type TestRun = NonNullable<CatalogueTest['last']>;
export type Settings = ChannelAnswer<'detection-settings.read'>;

/** What to run, and with which parameters beside those in force. */
export interface RunInput {
  readonly tests: string[];
  readonly parameters?: Record<string, Record<string, string>>;
  readonly fresh?: boolean;
}
