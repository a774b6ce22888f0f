import { Pagination } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PagesProps {
  readonly total: number;
  readonly size: number;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** The pages of a list; nothing where one page holds all. */
export const Pages = ({ total, size, page, onPage }: PagesProps) => {
  const { t } = useTranslation();
  if (total <= size) return null;
  return (
    <Pagination
      p="sm"
      size="sm"
      siblings={1}
      value={page}
      onChange={onPage}
      total={Math.ceil(total / size)}
      getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
      getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
    />
  );
};
