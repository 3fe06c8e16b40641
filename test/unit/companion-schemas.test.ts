import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { targets } from '../../src/targets/index.ts';
import type { GraphBody } from '../../src/targets/intune-upload.ts';
import { loadTemplates } from '../../src/templates.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { hostilePack, otherKindsPack } from '../support/hostile-pack.ts';
import { templatesFolder } from '../support/simulated.ts';

/**
 * What the owners of the formats document, written down as schemas: names, types and words, and nothing beside them.
 * Graph: the pages in the sources of the targets. SSM: "Command document plugin reference". Ansible: "Using Ansible roles".
 * Azure: VirtualMachineRunCommand of the REST API. Fleet: "YAML files" and "Add policy". CONTRIBUTING.md says which of them publish a schema, and with what result
 * the companions were held against it.
 */
const text = { type: 'string', minLength: 1 };
const base64 = { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$' };
const record = (properties: object, optional: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const list = (items: object): object => ({ type: 'array', items, minItems: 1 });
const start = {
  runAsAccount: { enum: ['system', 'user'] },
  enforceSignatureCheck: { type: 'boolean' },
  runAs32Bit: { type: 'boolean' },
  roleScopeTagIds: list(text),
};
const named = { '@odata.type': text, displayName: text, description: text };
const detection = { ...named, publisher: text, version: text, detectionScriptContent: base64, ...start };
const step = record({ action: text, name: text, precondition: { type: 'object' }, inputs: { type: 'object' } });
const parameter = record(
  { type: { enum: ['String'] }, description: text, default: text, allowedPattern: text, allowedValues: list(text) },
  ['default', 'allowedPattern', 'allowedValues'],
);
const scriptRule = (type: 'detection' | 'requirement', own: object): object =>
  record({
    '@odata.type': { const: '#microsoft.graph.win32LobAppPowerShellScriptRule' },
    ruleType: { const: type },
    enforceSignatureCheck: { const: false },
    runAs32Bit: { const: false },
    scriptContent: base64,
    ...own,
  });

const schemas: Readonly<Record<string, object>> = {
  'device-health-script.json': record({ ...detection, remediationScriptContent: base64 }, ['remediationScriptContent']),
  'device-compliance-script.json': record(detection),
  'device-management-script-*.json': record({ ...named, fileName: text, scriptContent: base64, ...start }),
  'win32-lob-app-detection.json': record({
    '@odata.type': { const: '#microsoft.graph.win32LobApp' },
    // A detection names neither account nor value, and compares nothing.
    rules: list(
      scriptRule('detection', { operationType: { const: 'notConfigured' }, operator: { const: 'notConfigured' } }),
    ),
  }),
  'win32-lob-app-requirement-rule.json': scriptRule('requirement', {
    displayName: text,
    runAsAccount: { enum: ['system', 'user'] },
    operationType: { enum: ['string', 'dateTime', 'integer', 'float', 'version', 'boolean'] },
    operator: { enum: ['equal', 'notEqual', 'greaterThan', 'greaterThanOrEqual', 'lessThan', 'lessThanOrEqual'] },
    comparisonValue: { const: 'pass' },
  }),
  'ssm-document.json': record({
    schemaVersion: { const: '2.2' },
    description: text,
    parameters: { type: 'object', additionalProperties: parameter },
    mainSteps: list(step),
  }),
  'run-command-*.json': record({
    location: text,
    properties: record({
      source: record({ script: text }),
      timeoutInSeconds: { type: 'integer', maximum: 5400 },
      treatFailureAsDeploymentFailure: { const: false },
    }),
  }),
  'community_scripts.json': list(
    record({
      guid: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
      filename: { type: 'string', pattern: '^[a-z-]+\\.ps1$' },
      submittedBy: text,
      name: text,
      description: text,
      shell: { enum: ['cmd', 'powershell', 'python', 'shell'] },
      category: text,
      supported_platforms: list({ enum: ['windows', 'darwin', 'linux'] }),
      default_timeout: { type: 'string', pattern: '^[0-9]+$' },
    }),
  ),
  'psmint.policies.yml': list(
    record({ name: text, description: text, resolution: text, query: text, platform: { const: 'windows' } }),
  ),
  'meta/main.yml': record({
    galaxy_info: record({
      // ansible-lint asks for it in every role of its own (no "standalone: false").
      author: text,
      role_name: { type: 'string', pattern: '^[a-z][a-z0-9_]+$' },
      description: text,
      license: text,
      min_ansible_version: text,
      platforms: list(record({ name: { const: 'Windows' }, versions: list(text) })),
    }),
    dependencies: { type: 'array', maxItems: 0 },
    collections: list({ type: 'string', pattern: '^[a-z_]+\\.[a-z_]+$' }),
  }),
};

const messages = await loadMessages(templatesFolder);
const render = createRenderer(await loadTemplates(templatesFolder), '0.0.0');
const files = [hostilePack, otherKindsPack].flatMap((pack) =>
  targets.flatMap((target) => target.companions(pack, acceptUnsigned(lower(pack, [target], messages).map(render)))),
);

describe('a companion has the form that its owner documents:', () => {
  it.each(Object.entries(schemas))('%s', (name, schema) => {
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
    const [head = '', tail = ''] = name.split('*');
    const found = files.filter(({ path }) => path.includes(`/${head}`) && path.endsWith(tail));
    // The detection of a repair: one of the two packs repairs nothing.
    expect(found.length).toBeGreaterThanOrEqual(name === 'win32-lob-app-detection.json' ? 1 : 2);
    for (const { path, content } of found) {
      const value: unknown = parseYaml(content.toString('utf8'));
      expect(validate(value), `${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
      expect(validate(Array.isArray(value) ? [...(value as unknown[]), {}] : { ...(value as object), other: 1 })).toBe(
        false,
      );
    }
  });
});

/** Microsoft publishes its entities as types: the compiler holds the bodies to them. Each line would not compile if it did not. */
describe('a body for Graph that the types of Microsoft do not know does not compile:', () => {
  it('a property, a word or a type that is wrong, and what Graph alone may write', () => {
    const bodies: readonly GraphBody<'deviceHealthScripts'>[] = [
      // @ts-expect-error a property of another name
      { '@odata.type': '#microsoft.graph.deviceHealthScript', detectionScript: '' },
      // @ts-expect-error a word that runAsAccount does not have
      { '@odata.type': '#microsoft.graph.deviceHealthScript', runAsAccount: 'admin' },
      // @ts-expect-error text for true or false
      { '@odata.type': '#microsoft.graph.deviceHealthScript', runAs32Bit: 'false' },
      // @ts-expect-error an entity of another collection
      { '@odata.type': '#microsoft.graph.deviceManagementScript' },
      // @ts-expect-error written by Graph
      { '@odata.type': '#microsoft.graph.deviceHealthScript', createdDateTime: '' },
    ];
    expect(bodies).toHaveLength(5);
  });
});
