import { Anchor, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { Proof } from '../identity/Proof.tsx';
import styles from './LoginPage.module.css';

/** The second step of the sign-in, for an account that has one. Until it is given nothing else answers. */
export const SecondStepCard = ({ actor }: { readonly actor: string }) => {
  const { t } = useTranslation();
  const [close] = useCommand('workspaces.close');
  return (
    <section className={styles.card} aria-labelledby="second-step-title">
      <div>
        <Title order={2} id="second-step-title">
          {t('login.secondStep.title')}
        </Title>
        <p className={styles.text}>{t('login.secondStep.text', { actor })}</p>
      </div>
      <Proof withPassword={false} onProved={() => undefined} />
      <Anchor component="button" type="button" size="sm" onClick={() => void close({})}>
        {t('login.secondStep.leave')}
      </Anchor>
    </section>
  );
};
