import { z } from 'zod';

// zod compiles parsers with `new Function`, which the content security policy forbids.
// This must run before the first schema is made: keep it the first import of main.tsx.
z.config({ jitless: true });
