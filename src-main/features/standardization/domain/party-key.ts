const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * The key under which spellings of one party meet: Unicode NFKC, white space trimmed and each run of it one blank, upper
 * case of the full Unicode. '' means that the party is unknown. Two parties whose keys differ are never taken as one here;
 * legal forms, marks and punctuation are kept. Definition and limits: docs/specs/party-key.md.
 */
export const partyKey = (spelling: string): string => {
  if (PLAIN.test(spelling)) return spelling.toUpperCase();
  return spelling.normalize('NFKC').replace(/\s+/gu, ' ').trim().toUpperCase().normalize('NFKC');
};
