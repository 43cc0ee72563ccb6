import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  build: { outDir: 'dist', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  esbuild: { jsx: 'automatic' },
  server: { proxy: { '/api': process.env.STEPFLOW_URL ?? 'http://127.0.0.1:7071' } },
});
