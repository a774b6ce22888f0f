/** Names of the message element: `CstmrCdtTrfInitn` since version 3, before that the message's identifier. */
export const painMessageNames: readonly string[] = ['CstmrCdtTrfInitn', 'pain.001.001.01', 'pain.001.001.02'];

/** True for the name (without prefix) of the message element of a customer credit transfer initiation. */
export const isPainMessage = (elementName: string): boolean => painMessageNames.includes(elementName);
