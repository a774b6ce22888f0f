import { Button } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { RecipeFile } from '../../../src-main/contract/recipes.contract.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { Digest } from '../../components/Digest.tsx';
import { downloadFile } from '../reports/download-file.ts';
import styles from './History.module.css';
import { chooseJsonFile } from './json-file.ts';

interface RecipeFilesProps {
  readonly caseId: string;
  readonly hasSteps: boolean;
  readonly onError: (error: NexusErrorData | null) => void;
}

/** The recipe as a file: out of this case, or into it from another. */
export const RecipeFiles = ({ caseId, hasSteps, onError }: RecipeFilesProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const mayWrite = usePermission('case.write');
  const [apply, applying] = useCommand('recipes.apply');
  const [applied, setApplied] = useState<ChannelAnswer<'recipes.apply'> | null>(null);
  const exportRecipe = async (): Promise<void> => {
    const result = await bridge.invoke('recipes.export', { caseId });
    onError(result.ok ? null : result.error);
    if (result.ok) downloadFile('recipe.json', 'application/json', `${JSON.stringify(result.value, null, 2)}\n`);
  };
  const applyFile = async (): Promise<void> => {
    const chosen = await chooseJsonFile(RecipeFile, t('history.fileKind'));
    if (chosen === null) return;
    setApplied(null);
    onError(chosen.ok ? null : chosen.error);
    if (!chosen.ok) return;
    const { data, error } = await apply({ caseId, recipe: chosen.value });
    onError(error ?? null);
    setApplied(data ?? null);
  };
  return (
    <>
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={!hasSteps}
          onClick={() => void exportRecipe()}
        >
          {t('history.export')}
        </Button>
        {mayWrite ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconUpload size={14} />}
            loading={applying.isLoading}
            onClick={() => void applyFile()}
          >
            {t('history.apply')}
          </Button>
        ) : null}
        <span className={styles.note}>{t('history.filesHint')}</span>
      </div>
      {applied === null ? null : (
        <div className={styles.applied} role="status">
          <p>{t('history.applied', { count: applied.applied })}</p>
          {applied.waiting.length === 0 ? null : (
            <>
              <p>{t('history.waiting', { count: applied.waiting.length })}</p>
              <ul className={styles.named}>
                {applied.waiting.map(({ title, source }) => (
                  <li key={`${title} ${source}`}>
                    {title} <Digest value={source} label={title} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </>
  );
};
