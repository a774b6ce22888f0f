import manifest from '../../package.json' with { type: 'json' };

/** The product's version, as reports and `nexus --version` state it. */
export const productVersion: string = manifest.version;
