/** A Vite plugin that writes .gz and .br siblings of what the build emits, so that the server never compresses. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(js|css|svg|json|wasm)$/;
const MINIMUM_BYTES = 1024;

const gz = promisify(gzip);
const br = promisify(brotliCompress);

/** Write the .gz and .br siblings of one file, unless it is too small to gain anything. */
export async function compress(path: string): Promise<void> {
  const raw = await readFile(path);
  if (raw.length < MINIMUM_BYTES) return;
  await writeFile(`${path}.gz`, await gz(raw, { level: 9 }));
  await writeFile(`${path}.br`, await br(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
}

export function precompress(): Plugin {
  let assets = '';
  return {
    name: 'kerfline-precompress',
    apply: 'build',
    configResolved(config) {
      assets = resolve(config.root, config.build.outDir, config.build.assetsDir);
    },
    async closeBundle() {
      for (const name of await readdir(assets)) {
        if (WORTH_IT.test(name)) await compress(join(assets, name));
      }
    },
  };
}
