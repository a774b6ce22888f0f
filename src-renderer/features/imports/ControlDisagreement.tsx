import { useTranslation } from 'react-i18next';
import { FactTable } from '../../components/FactTable.tsx';
import { groupedDecimal } from '../../components/money-text.ts';
import type { Disagreement } from './control-totals.ts';

interface ControlDisagreementProps {
  readonly name: string;
  readonly disagreements: readonly Disagreement[];
}

/** Expected, found and difference of each control total that the file contradicts. */
export const ControlDisagreement = ({ name, disagreements }: ControlDisagreementProps) => {
  const { t } = useTranslation();
  return (
    <FactTable
      caption={t('controls.disagree', { name })}
      showCaption
      rows={disagreements}
      rowKey={({ total }) => total}
      columns={[
        { key: 'total', head: t('controls.total'), cell: ({ total }) => t(`controls.${total}`) },
        { key: 'expected', head: t('controls.expected'), numeric: true, cell: row => groupedDecimal(row.expected) },
        {
          key: 'found',
          head: t('controls.found'),
          numeric: true,
          cell: row =>
            [
              row.found === null ? t('controls.notStated') : groupedDecimal(row.found),
              ...(row.rejected === 0 ? [] : [t('controls.rejected', { count: row.rejected })]),
            ].join(' '),
        },
        {
          key: 'difference',
          head: t('controls.difference'),
          numeric: true,
          cell: row => (row.difference === null ? '' : groupedDecimal(row.difference)),
        },
      ]}
    />
  );
};
