/** Bytes of base64 text. */
export const bytesOfBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), character => character.charCodeAt(0));

/** Hands a file to the person's download folder. Uses a blob: address, which a link may follow without any rule of the policy. */
export const downloadFile = (name: string, mediaType: string, content: BlobPart): void => {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
