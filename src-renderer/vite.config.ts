import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the window's files to dist/renderer. Relative addresses, so that app:// and http:// both serve them. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // The content security policy allows fonts from 'self' only: no asset may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
