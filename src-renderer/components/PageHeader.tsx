import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './PageHeader.module.css';

interface PageHeaderProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

/** The one h1 of a screen, what the screen is for, and its actions. */
export const PageHeader = ({ title, description, actions }: PageHeaderProps) => (
  <header className={styles.header}>
    <div className={styles.words}>
      <Title order={1} tabIndex={-1} data-page-title>
        {title}
      </Title>
      {description === undefined ? null : <div className={styles.description}>{description}</div>}
    </div>
    {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
  </header>
);
