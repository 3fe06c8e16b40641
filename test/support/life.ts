import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyPem, pem, type TestPki } from './test-ca.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What a test of signing in several steps works with; all paths are absolute. */
export interface SigningFiles {
  /** A small pack with its certificate. */
  readonly pack: string;
  readonly root: string;
  readonly chain: string;
  readonly key: string;
  /** `pem:` spec of the same key. */
  readonly signer: string;
}

export async function signingFiles(folder: string, pki: TestPki): Promise<SigningFiles> {
  const rules = join(folder, 'rules');
  await mkdir(rules, { recursive: true });
  await cp(join(repository, 'rules', 'certificates'), join(rules, 'certificates'), { recursive: true });
  const small = await readFile(join(repository, 'test', 'support', 'small-pack.json'), 'utf8');
  const [pack, root, chain, key] = ['rules/small.json', 'root.pem', 'chain.pem', 'key.pem'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  await writeFile(pack, small);
  await writeFile(root, pem(pki.root));
  await writeFile(chain, pem(pki.leaf, pki.intermediate, pki.root));
  await writeFile(key, keyPem(pki.leaf.key));
  return { pack, root, chain, key, signer: `pem:${chain},${key}` };
}
