import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from './Flows.module.css';
import { useTotals } from './use-totals.ts';

interface NodeSearchProps {
  readonly caseId: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onStart: (id: string, name: string) => void;
}

const WAIT_MS = 200;

/** Where a graph begins: examined accounts first, then whoever moves most; by a part of the name. */
export const NodeSearch = ({ caseId, input, onStart }: NodeSearchProps) => {
  const { t } = useTranslation();
  const totals = useTotals();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, WAIT_MS);
  const found = useChannel('graphs.search', { caseId, text: asked, limit: 12 });
  return (
    <Panel title={t('flows.begin')}>
      <TextInput
        ref={input}
        size="xs"
        label={t('flows.search')}
        placeholder={t('flows.searchHint')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <ChannelView of={found} lines={5}>
        {data => (
          <>
            <p className={styles.note} role="status">
              {t('flows.found', { count: data.total, movements: data.movements })}
              {data.mirrored === 0 ? null : ` ${t('flows.mirrored', { count: data.mirrored })}`}
              {data.excluded.map(({ reason, count }) => ` ${t('flows.excluded', { reason, count })}`)}
            </p>
            <ul className={styles.found}>
              {data.nodes.map(node => (
                <li key={node.id}>
                  <button type="button" className={styles.hit} onClick={() => onStart(node.id, node.name)}>
                    <span className={styles.hitName}>{node.name}</span>
                    <span className={styles.hitKind}>
                      {t('flows.hit', {
                        kind: t(`flows.kinds.${node.kind}`),
                        paid: totals(node.paid),
                        received: totals(node.received),
                      })}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </ChannelView>
    </Panel>
  );
};
