import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../app/keyboard.ts';
import { KeyHint } from './KeyHint.tsx';

/** How long after the last letter a search begins, in milliseconds. */
const PAUSE_MS = 250;

interface SearchFieldProps extends Pick<TextInputProps, 'size' | 'className' | 'placeholder'> {
  readonly label: string;
  /** What is searched for now. */
  readonly text: string;
  /** Gets the words without the space around them, once the person pauses or leaves the field. */
  readonly onSearch: (text: string) => void;
}

/** A field for words that searches while one types; `/` leads into it. */
export const SearchField = ({ label, text, onSearch, ...looks }: SearchFieldProps) => {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const search = useDebouncedCallback((words: string) => onSearch(words.trim()), PAUSE_MS);
  // While one types, the letters are one's own: an answer to the first of them must not take the last away.
  useEffect(() => {
    if (document.activeElement !== input.current && !search.isPending()) setTyped(text);
  });
  useKeys({ '/': () => input.current?.focus() });
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={<KeyHint keys="/" />}
      maxLength={200}
      value={typed}
      onChange={event => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      onBlur={() => search.flush()}
      {...looks}
    />
  );
};
