import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { byteText } from '../../components/measure-text.ts';
import styles from './Archive.module.css';

interface ArchiveMembersProps {
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly bytes: number }[];
  /** The member that the preview shows; null: the first. */
  readonly shown: string | null;
  readonly onShow: (member: string) => void;
}

/** From this many on, names are searched. */
const SEARCHED = 12;
const MOST_SHOWN = 200;

/** What an archive holds, with sizes; the member chosen is the one previewed. */
export const ArchiveMembers = ({ name, members, shown, onShow }: ArchiveMembersProps) => {
  const { t } = useTranslation();
  const id = useId();
  const [words, setWords] = useState('');
  const matching = members.filter(member => member.name.toLowerCase().includes(words.trim().toLowerCase()));
  const listed = matching.slice(0, MOST_SHOWN);
  const chosen = shown ?? members[0]?.name;
  return (
    <fieldset className={styles.archive} aria-label={t('members.list', { name })}>
      <div className={styles.head}>
        <div>
          <h3>{t('members.title', { count: members.length })}</h3>
          <p>{t('members.note', { count: members.length })}</p>
        </div>
        {members.length < SEARCHED ? null : (
          <TextInput
            type="search"
            size="xs"
            aria-label={t('members.filter', { name })}
            placeholder={t('members.filter', { name })}
            value={words}
            onChange={event => setWords(event.currentTarget.value)}
          />
        )}
      </div>
      <ul className={styles.members}>
        {listed.map(member => (
          <li key={member.name}>
            <label data-shown={member.name === chosen}>
              <input type="radio" name={id} checked={member.name === chosen} onChange={() => onShow(member.name)} />
              <span>{member.name}</span>
              <span className="nx-number">{byteText(member.bytes)}</span>
            </label>
          </li>
        ))}
      </ul>
      {matching.length > listed.length ? (
        <p className={styles.more}>{t('members.more', { count: matching.length - listed.length })}</p>
      ) : null}
    </fieldset>
  );
};
