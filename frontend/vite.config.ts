/** How the page is built and tested: relative base (the server moves it under BASE_PATH), hashed assets, nothing inlined. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { apidocs } from './build/apidocs.ts';
import { precompress } from './build/precompress.ts';

const API = process.env.KERFLINE_API ?? 'http://127.0.0.1:5000';

export default defineConfig({
  base: './',
  plugins: [svelte(), svelteTesting(), precompress(), apidocs()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // The CSP has no data: for fonts and scripts, so nothing may be inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': API } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], restoreMocks: true },
});
