import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import styles from './Rules.module.css';

/** What stands where there is no rule yet: rules to start from. */
export const RuleTemplates = () => {
  const { t } = useTranslation();
  const mayWrite = usePermission('case.write');
  const { data } = useChannel('rules.templates', {});
  return (
    <EmptyState
      kind="no-data"
      title={t('rules.none.title')}
      action={
        mayWrite ? (
          <ul className={styles.templates} aria-label={t('rules.templates')}>
            {data?.templates.map(({ title }, place) => (
              <li key={title}>
                <Button
                  component={Link}
                  to={paths.standardization({ tab: 'rules', rule: 'new', template: String(place) })}
                  variant="default"
                  size="compact-sm"
                >
                  {title}
                </Button>
              </li>
            ))}
          </ul>
        ) : undefined
      }
    >
      {t('rules.none.text')}
    </EmptyState>
  );
};
