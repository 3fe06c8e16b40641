import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyPem, type TestCertificate, type TestKey } from './test-ca.ts';

const drivers = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
];

/** Path of SoftHSM's driver; undefined, loudly, when it or pkcs11-tool is not installed. */
export function findSoftHsm(): string | undefined {
  const driver = drivers.find((path) => existsSync(path));
  const tools = ['softhsm2-util', 'pkcs11-tool'].filter((tool) => spawnSync(tool, ['--help']).error !== undefined);
  if (driver !== undefined && tools.length === 0) return driver;
  console.warn('SKIPPED: SoftHSM or pkcs11-tool is not installed (softhsm2, opensc), so no PKCS#11 token is tried.');
  return undefined;
}

export interface SoftHsm {
  /** What has to be in the environment of everything that uses it. */
  readonly env: Readonly<Record<string, string>>;
  readonly addToken: (label: string, pin: string) => void;
  readonly addKey: (token: string, key: TestKey, label: string, id: string) => void;
  readonly addCertificate: (token: string, certificate: TestCertificate, label: string, id: string) => void;
}

/** An own SoftHSM below a folder. PINs are arguments here, which is right for keys that live a second. */
export function createSoftHsm(folder: string, driver: string, pin: string): SoftHsm {
  const tokens = join(folder, 'tokens');
  const config = join(folder, 'softhsm2.conf');
  mkdirSync(tokens);
  writeFileSync(config, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const env = { SOFTHSM2_CONF: config };
  const run = (program: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env } });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
  };
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    env,
    addToken: (label, own) => {
      run('softhsm2-util', '--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', own);
    },
    addKey: (token, key, label, id) => {
      const file = write('import.pem', keyPem(key));
      run('softhsm2-util', '--force', '--import', file, '--token', token, '--label', label, '--id', id, '--pin', pin);
    },
    addCertificate: (token, { certificate }, label, id) => {
      const file = write('import.cer', certificate);
      const object = ['--write-object', file, '--type', 'cert', '--label', label, '--id', id];
      run('pkcs11-tool', '--module', driver, '--token-label', token, '--login', '--pin', pin, ...object);
    },
  };
}
