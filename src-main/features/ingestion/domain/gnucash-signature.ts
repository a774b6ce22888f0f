/** The first 16 bytes of every SQLite database: `SQLite format 3` and a NUL (SQLite file format, 1.3.1). */
const SQLITE_SIGNATURE = [
  0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33, 0x00,
];
/** Bytes that `isSqlite` looks at. */
export const SQLITE_SIGNATURE_BYTES = SQLITE_SIGNATURE.length;

/** True for a SQLite database. GnuCash keeps books in such; whether this is one shows when its tables are read. */
export const isSqlite = (head: Uint8Array): boolean => SQLITE_SIGNATURE.every((byte, i) => head[i] === byte);
