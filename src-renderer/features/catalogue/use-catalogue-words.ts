import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

interface CatalogueWords {
  readonly group: (group: string) => string;
  /** A column in words of the field; the name of one that is not known here. */
  readonly column: (column: string) => string;
  /** A setting that tests share; the parameter's own name for any other. */
  readonly parameter: (name: string) => string;
}

/** Names of groups, columns and settings in words. */
export const useCatalogueWords = (): CatalogueWords => {
  const { t, i18n } = useTranslation();
  const word = useCallback(
    (key: string, otherwise: string): string => (i18n.exists(key) ? t(key as 'catalogue.title') : otherwise),
    [t, i18n],
  );
  const group = useCallback((name: string) => word(`catalogue.groups.${name}`, name), [word]);
  const column = useCallback((name: string) => word(`catalogue.columns.${name}`, name), [word]);
  const parameter = useCallback(
    (name: string) => word(`catalogue.parameters.${name}`, name.replaceAll('-', ' ')),
    [word],
  );
  return { group, column, parameter };
};
