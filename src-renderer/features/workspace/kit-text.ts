import type { RecoveryKit } from '../../../src-main/contract/workspaces.contract.ts';

interface KitLine {
  readonly part: 'recoveryCode' | 'workspaceId' | 'verificationKey' | 'firstKey';
  readonly value: string;
}

/** What the printed kit holds, the code first; what the workspace has none of is left out. */
export const kitLines = (kit: RecoveryKit): readonly KitLine[] =>
  (['recoveryCode', 'workspaceId', 'verificationKey', 'firstKey'] as const).flatMap(part => {
    const value = kit[part];
    return value === null ? [] : [{ part, value }];
  });

/** The kit as a text file: a labelled line a part. */
export const kitText = (title: string, kit: RecoveryKit, labelOf: (part: KitLine['part']) => string): string =>
  [title, '', ...kitLines(kit).flatMap(({ part, value }) => [`${labelOf(part)}:`, value, ''])].join('\n');
