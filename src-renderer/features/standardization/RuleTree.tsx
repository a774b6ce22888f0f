import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  QueryBuilder,
  Rule,
  RuleGroup,
  type RuleGroupProps,
  type RuleGroupType,
  type RuleProps,
} from 'react-querybuilder';
import { RULE_FIELDS, type RuleGroupInput } from '../../../src-main/contract/rules.contract.ts';
import styles from './RuleTree.module.css';
import { KnownValues, RuleValueEditor, useKnownValues } from './RuleValueEditor.tsx';
import { problemAt, type RuleProblem } from './rule-draft.ts';
import { groupOfQuery, operatorsOf, type RuleField, valuesTakenBy } from './rule-tree.ts';

const Problems = createContext<readonly RuleProblem[]>([]);

/** Groups in groups beyond this are refused by the engine. */
const MAX_LEVELS = 8;

interface RuleTreeProps {
  readonly caseId: string;
  readonly initial: RuleGroupInput;
  readonly problems: readonly RuleProblem[];
  readonly disabled: boolean;
  readonly onChange: (group: RuleGroupInput) => void;
}

/** The conditions of a rule as a tree of groups: all of these, any of these, none of these. Native controls throughout. */
export const RuleTree = ({ caseId, initial, problems, disabled, onChange }: RuleTreeProps) => {
  const { t } = useTranslation();
  const [query, setQuery] = useState(initial as RuleGroupType);
  const known = useKnownValues(caseId);
  const fields = useMemo(
    () => RULE_FIELDS.map(field => ({ name: field, value: field, label: t(`ruleFields.${field}`) })),
    [t],
  );
  const translations = useMemo(
    () => ({
      fields: { title: t('ruleTree.field') },
      operators: { title: t('ruleTree.operator') },
      value: { title: t('ruleTree.value') },
      combinators: { title: t('ruleTree.combinator') },
      notToggle: { title: t('ruleTree.notTitle'), label: t('ruleTree.not') },
      addRule: { title: t('ruleTree.addRule'), label: t('ruleTree.addRule') },
      addGroup: { title: t('ruleTree.addGroup'), label: t('ruleTree.addGroup') },
      removeRule: { title: t('ruleTree.removeRule'), label: <IconX size={14} aria-hidden /> },
      removeGroup: { title: t('ruleTree.removeGroup'), label: <IconX size={14} aria-hidden /> },
      shiftActionUp: { title: t('ruleTree.up'), label: <IconArrowUp size={14} aria-hidden /> },
      shiftActionDown: { title: t('ruleTree.down'), label: <IconArrowDown size={14} aria-hidden /> },
    }),
    [t],
  );
  return (
    <Problems value={problems}>
      <KnownValues value={known}>
        <div className={styles.tree}>
          <QueryBuilder
            query={query}
            onQueryChange={next => {
              setQuery(next);
              onChange(groupOfQuery(next));
            }}
            fields={fields}
            getOperators={field =>
              operatorsOf(field as RuleField).map(operator => ({
                name: operator,
                value: operator,
                label: t(`ruleOperators.${operator}` as 'ruleOperators.contains'),
                ...(valuesTakenBy(operator) === 'none' ? { arity: 'unary' as const } : {}),
              }))
            }
            getDefaultValue={rule => (rule.field === 'direction' ? 'out' : '')}
            combinators={(['and', 'or'] as const).map(name => ({
              name,
              value: name,
              label: t(`ruleTree.combinators.${name}`),
            }))}
            controlElements={CONTROLS}
            translations={translations}
            accessibleDescriptionGenerator={({ path }) =>
              path.length === 0 ? t('ruleTree.root') : t('ruleTree.group', { place: path.map(at => at + 1).join('.') })
            }
            maxLevels={MAX_LEVELS}
            listsAsArrays
            addRuleToNewGroups
            showNotToggle
            showShiftActions
            resetOnOperatorChange={false}
            disabled={disabled}
          />
        </div>
      </KnownValues>
    </Problems>
  );
};

const Beside = ({ path, children }: { readonly path: readonly number[]; readonly children: ReactNode }) => {
  const problems = useContext(Problems);
  // What concerns the rule as a whole stands with its actions and its name, not beside its outermost group.
  const problem = path.length === 0 ? undefined : problemAt(problems, path);
  return (
    <div className={styles.part} data-problem={problem !== undefined}>
      {children}
      {problem === undefined ? null : (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={13} aria-hidden />
          {problem}
        </p>
      )}
    </div>
  );
};

const ConditionWithProblem = (props: RuleProps) => (
  <Beside path={props.path}>
    <Rule {...props} />
  </Beside>
);
const GroupWithProblem = (props: RuleGroupProps) => (
  <Beside path={props.path}>
    <RuleGroup {...props} />
  </Beside>
);

const CONTROLS = {
  rule: ConditionWithProblem,
  ruleGroup: GroupWithProblem,
  valueEditor: RuleValueEditor,
};
