import { useTranslation } from 'react-i18next';

/** A dimension as people call it; one that this version does not know keeps its own name. */
export const useDimensionName = (): ((dimension: string) => string) => {
  const { t, i18n } = useTranslation();
  return dimension =>
    i18n.exists(`dimensions.${dimension}`) ? t(`dimensions.${dimension}` as 'dimensions.completeness') : dimension;
};
