/** The fixed list of messages between the preload and the main process. Adding one is a security decision. */
export const IPC_CHANNELS = {
  /** [channel, JSON text of the input] → WireResult. */
  invoke: 'nexus:invoke',
  /** Opens the file dialog → GrantedFile[]. */
  chooseFiles: 'nexus:choose-files',
  /** Opens the folder dialog → GrantedFolder, or null when it was cancelled. */
  chooseFolder: 'nexus:choose-folder',
  /** [paths of dropped File objects, read by the preload] → GrantedFile[]. */
  grantDropped: 'nexus:grant-dropped',
  /** → the sample examination's files, granted. */
  sampleFiles: 'nexus:sample-files',
  /** Main to window: one NexusEvent. */
  event: 'nexus:event',
} as const;
