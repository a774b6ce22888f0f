import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Grey lines where content is about to stand. */
export const LoadingBlock = ({ lines = 4 }: { readonly lines?: number }) => {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never reordered
        <Skeleton key={line} height={14} mb={10} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  );
};
