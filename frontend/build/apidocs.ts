/** A Vite plugin that puts Swagger UI, ReDoc and the few files of ours that start them into dist/apidocs. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { compress } from './precompress.ts';

const OURS = ['apidocs/page.css', 'apidocs/swagger.js', 'apidocs/redoc.js', 'src/app/mark.svg'];
const THEIRS = [
  'swagger-ui-dist/swagger-ui.css',
  'swagger-ui-dist/swagger-ui-bundle.js',
  'redoc/bundles/redoc.standalone.js',
];
const LICENSES = ['swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt', 'redoc/bundles/redoc.standalone.js.LICENSE.txt'];

const SOURCE_MAP = /^(?:\/\/|\/\*)# sourceMappingURL=.*$/gm;
/** ReDoc asks another host for its logo, which the CSP refuses; it shows none when the picture fails to load. */
const LOGO = /https:\/\/cdn\.redoc\.ly\/[\w/.-]+/g;

async function copyAmended(from: string, to: string): Promise<void> {
  const text = await readFile(from, 'utf8');
  await writeFile(to, text.replace(SOURCE_MAP, '').replace(LOGO, 'data:,'));
}

export function apidocs(): Plugin {
  let root = '';
  let target = '';
  return {
    name: 'kerfline-apidocs',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      target = resolve(root, config.build.outDir, 'apidocs');
    },
    async closeBundle() {
      await mkdir(target, { recursive: true });
      const packages = join(root, 'node_modules');
      const place = (name: string) => join(target, basename(name));
      for (const name of OURS) await copyFile(join(root, name), place(name));
      for (const name of LICENSES) await copyFile(join(packages, name), place(name));
      for (const name of THEIRS) await copyAmended(join(packages, name), place(name));
      for (const name of [...OURS, ...THEIRS]) await compress(place(name));
    },
  };
}
