import { fileURLToPath } from 'node:url';

/** The top folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the publishable package is built. */
export const distFolder = fileURLToPath(new URL('../dist/', import.meta.url));

/** What the build keeps for itself and for the benchmark; it is never published. */
export const cacheFolder = fileURLToPath(new URL('../node_modules/.cache/amlguide/', import.meta.url));

/** esbuild's own record of what it put where, of the last build. */
export const metafilePath = fileURLToPath(new URL('../node_modules/.cache/amlguide/metafile.json', import.meta.url));
