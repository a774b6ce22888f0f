import type { z } from 'zod';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { pickFiles } from '../../app/transport/pick-files.ts';
import { t } from '../../i18n/i18n.ts';

/** More than any list of rules or steps that people wrote. */
const MAX_BYTES = 32 * 1024 * 1024;

export type ChosenFile<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: NexusErrorData };

const refused = (kind: string, name: string, why: string): ChosenFile<never> => ({
  ok: false,
  error: {
    code: 'file.shape',
    category: 'input',
    message: t('jsonFile.refused', { name, kind, why }),
    kept: t('jsonFile.kept'),
    remedy: t('jsonFile.remedy', { kind }),
  },
});

/** Reads text as JSON of a shape. The first place where it is not of that shape is named. */
export const readJsonText = <T>(schema: z.ZodType<T>, kind: string, name: string, text: string): ChosenFile<T> => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return refused(kind, name, error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return refused(kind, name, [issue?.path.map(String).join('.'), issue?.message].filter(Boolean).join(': '));
};

/** Asks for a file and reads it as JSON of a shape (`kind`: what it is, in words). Null when nothing was chosen. */
export const chooseJsonFile = async <T>(schema: z.ZodType<T>, kind: string): Promise<ChosenFile<T> | null> => {
  const [file] = await pickFiles();
  if (file === undefined) return null;
  if (file.size > MAX_BYTES) return refused(kind, file.name, t('jsonFile.tooLarge'));
  return readJsonText(schema, kind, file.name, await file.text());
};
