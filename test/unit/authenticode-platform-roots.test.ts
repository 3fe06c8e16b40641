import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../src/authenticode/certificate.ts';
import { certificatesIn } from '../../src/authenticode/pem.ts';
import { createPlatformRoots } from '../../src/authenticode/platform-roots.ts';

const roots = rootCertificates.flatMap((pem) => certificatesIn(Buffer.from(pem)));

describe('the roots that Node ships', () => {
  it('are all readable, or passed over', () => {
    const platform = createPlatformRoots();
    const readable = roots.flatMap((der) => {
      try {
        return [readCertificate(der)];
      } catch {
        return [];
      }
    });
    expect(readable.length).toBeGreaterThan(roots.length * 0.9);
    for (const root of readable) {
      expect(
        platform([root]).some(({ raw }) => raw.equals(root.raw)),
        root.name,
      ).toBe(true);
    }
  });
});
