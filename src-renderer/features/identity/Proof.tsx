import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { CodeProof } from './CodeProof.tsx';
import styles from './Identity.module.css';
import { PasswordProof } from './PasswordProof.tsx';
import { ProviderProof } from './ProviderProof.tsx';
import { type ProofWay, proofWays } from './proof-ways.ts';

interface ProofProps {
  /** At the second step of the sign-in the passphrase has been given already. */
  readonly withPassword: boolean;
  readonly onProved: () => void;
}

/** Proves that it is still this person, by one of the ways this account has. */
export const Proof = ({ withPassword, onProved }: ProofProps) => {
  const { t } = useTranslation();
  const factors = useChannel('factors.read', {});
  const linked = useChannel('oauth.list', {});
  const [chosen, setChosen] = useState<ProofWay | null>(null);
  if (factors.isLoading || linked.isLoading) return <LoadingBlock lines={3} />;
  const links = linked.data?.links ?? [];
  const ways = proofWays({ factors: factors.data, links: links.length, withPassword });
  const way = chosen !== null && ways.includes(chosen) ? chosen : (ways[0] ?? 'password');
  return (
    <div className={styles.form}>
      {ways.length < 2 ? null : (
        <SegmentedControl
          fullWidth
          value={way}
          onChange={value => setChosen(value as ProofWay)}
          data={ways.map(value => ({ value, label: t(`identity.ways.${value}`) }))}
          aria-label={t('identity.way')}
        />
      )}
      {way === 'code' ? <CodeProof onProved={onProved} /> : null}
      {way === 'password' ? <PasswordProof onProved={onProved} /> : null}
      {way === 'provider' ? <ProviderProof links={links} onProved={onProved} /> : null}
    </div>
  );
};
