import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface TextSettingProps {
  readonly id: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}

/** A setting of free text. It counts when the field is left or Enter is pressed, not at each letter: each change reads the file again. */
export const TextSetting = ({ id, value, placeholder, onChange }: TextSettingProps) => {
  const [draft, setDraft] = useState({ of: value, text: value });
  // A value changed from outside (a profile taken back) replaces what was typed.
  if (draft.of !== value) setDraft({ of: value, text: value });
  const settle = (): void => {
    if (draft.text.trim() !== value) onChange(draft.text.trim());
  };
  return (
    <TextInput
      id={id}
      size="xs"
      value={draft.text}
      placeholder={placeholder}
      onChange={event => setDraft({ of: value, text: event.currentTarget.value })}
      onBlur={settle}
      onKeyDown={event => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
};
