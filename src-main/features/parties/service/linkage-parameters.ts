import { NexusError } from '../../../contract/errors.ts';
import { FIELD_KINDS, type FieldKind, isFieldKind } from '../domain/field-kind.ts';
import { DEFAULT_SETTINGS, type LinkageSettings } from '../domain/linkage-settings.ts';
import { LAYOUT_SETTINGS } from './text-table.ts';

/** What `--set` says of a linkage, checked. */
export interface LinkageParameters {
  readonly settings: LinkageSettings;
  /** Whether each pair carries its waterfall. */
  readonly explain: boolean;
  readonly kinds: ReadonlyMap<string, FieldKind>;
  readonly layout: Readonly<Record<string, string>>;
}

const refused = (message: string, candidates?: readonly string[]): NexusError =>
  new NexusError({
    code: 'linkage.parameter',
    category: 'usage',
    message,
    ...(candidates === undefined ? {} : { candidates: { set: [...candidates] } }),
  });

const yesOrNo = (key: string, value: string): boolean => {
  if (value !== 'yes' && value !== 'no') throw refused(`${key}=${value}: allowed are yes and no.`, ['yes', 'no']);
  return value === 'yes';
};

/** Reads settings. Throws NexusError `linkage.parameter` (usage) for one that means nothing. */
export const linkageParameters = (given: Readonly<Record<string, string>>): LinkageParameters => {
  let { threshold, oneToOne } = DEFAULT_SETTINGS;
  let explain = false;
  const kinds = new Map<string, FieldKind>();
  const layout: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (key === 'threshold') {
      threshold = /^0?\.\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
      if (!(threshold > 0 && threshold < 1))
        throw refused(`threshold=${value}: a probability between 0 and 1, such as 0.9.`);
    } else if (key === 'one-to-one') oneToOne = yesOrNo(key, value);
    else if (key === 'explain') explain = yesOrNo(key, value);
    else if (key.startsWith('kind.')) {
      if (!isFieldKind(value)) throw refused(`${key}=${value}: allowed are ${FIELD_KINDS.join(', ')}.`, FIELD_KINDS);
      kinds.set(key.slice('kind.'.length).toLowerCase(), value);
    } else if (LAYOUT_SETTINGS.some(name => name === key)) layout[key] = value;
    else
      throw refused(
        `There is no setting “${key}”: allowed are threshold, one-to-one, explain, kind.COLUMN, ${LAYOUT_SETTINGS.join(', ')}.`,
      );
  }
  return { settings: { threshold, oneToOne }, explain, kinds, layout };
};
