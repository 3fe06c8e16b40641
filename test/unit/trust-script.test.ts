import { beforeAll, describe, expect, it } from 'vitest';
import { createLinter, type Linter } from '../../src/lint.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import { languages, type UnsignedScript } from '../../src/script-plan.ts';
import { trustPlan } from '../../src/trust-kit.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { templatesFolder } from '../support/simulated.ts';
import { issue, testPki } from '../support/test-ca.ts';

const messages = await loadMessages(templatesFolder);
const render = createRenderer(await loadTemplates(templatesFolder), '9.9.9');
const pki = testPki('trust script');
// Names come out of certificates, which anybody may have written.
const evil = issue("evil' $(x) \u2019 {{y}} # SIG # Begin signature block", { issuer: pki.intermediate });
const certificates = {
  chain: [evil.certificate, pki.intermediate.certificate],
  roots: [pki.root.certificate],
  next: issue('next').certificate,
};

describe('install-trust.ps1', () => {
  let lint: Linter;
  let script: UnsignedScript;
  let text: string;
  beforeAll(async () => {
    lint = await createLinter();
    script = render(trustPlan(hostilePack, certificates, messages));
    text = script.bytes.toString('latin1');
  });

  it('keeps every law of lint, whatever stands in the pack and in the certificates', () => {
    expect(lint(script, { signatureReserve: 15_000 })).toEqual([]);
    expect(text).toMatch(/^[\t\r\n -~]*$/);
  });

  it('carries each certificate with its store, and nothing that reads rules', () => {
    const stores = [...text.matchAll(/Store = '(\w+)'\r\n\t\tSha1 = '([0-9A-F]{40})'/g)].map(([, store]) => store);
    expect(stores.sort()).toEqual(['CA', 'Root', 'TrustedPublisher', 'TrustedPublisher']);
    expect(text).not.toContain('function Invoke-Assessment');
    expect(text).not.toContain('function Get-Finding');
  });

  it('is a script that only trust kits may hold: check may not', () => {
    const asCheck = { ...script, plan: { ...script.plan, script: 'check' as const } };
    expect(lint(asCheck, { signatureReserve: 0 }).map(({ code }) => code)).toContain('script-changes-machine');
  });

  it('has its texts in every language, with the same places', () => {
    const places = languages.map((language) =>
      Object.entries(messages.trust[language]).map(
        ([key, value]) => `${key} ${[...(value.match(/\{\d\}/g) ?? [])].sort().join('')}`,
      ),
    );
    expect(places[1]!.map((line) => line.split(' ')[0])).toEqual(places[0]!.map((line) => line.split(' ')[0]));
    for (const lines of places) for (const line of lines) expect(line).toMatch(/\{1\}\{2\}|\{0\}\{1\}\{2\}/);
  });
});
