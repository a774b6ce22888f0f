const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

/** `readEntries` gives a folder in parts (Chromium: 100 at a time) and ends with an empty one. */
const entriesOf = async (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    entries.push(...part);
  }
};

const filesIn = async (entry: FileSystemEntry): Promise<readonly File[]> => {
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const files: File[] = [];
  for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) files.push(...(await filesIn(inner)));
  return files;
};

/** The files of a drop, folders as the files in them and below them. Call it while the drop is handled: its items last no longer. */
export const droppedFiles = (dropped: DataTransfer): Promise<readonly File[]> => {
  const items = [...dropped.items].filter(({ kind }) => kind === 'file');
  const entries = items.map(item => item.webkitGetAsEntry());
  const plain = [...dropped.files];
  if (!entries.some(entry => entry?.isDirectory)) return Promise.resolve(plain);
  const lists = entries.map(
    async (entry, place): Promise<readonly File[]> => (entry === null ? plain.slice(place, place + 1) : filesIn(entry)),
  );
  return Promise.all(lists).then(files => files.flat());
};
