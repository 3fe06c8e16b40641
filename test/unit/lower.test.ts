import { describe, expect, it } from 'vitest';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import type { ScriptName, ScriptPlan } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { templatesFolder } from '../support/simulated.ts';
import { hostilePack } from '../support/hostile-pack.ts';

const messages = await loadMessages(templatesFolder);
const plans = lower(hostilePack, targets, messages);

function planOf(target: string, script: ScriptName): ScriptPlan {
  const found = plans.find((plan) => plan.target === target && plan.script === script);
  if (found === undefined) throw new Error(`no plan for ${target} ${script}`);
  return found;
}

describe('lower', () => {
  it('gives a plan for every script of every target, in their order', () => {
    const expected = targets.flatMap(({ id, scripts }) => scripts.map((script) => `hostile-pack/${id}/${script}.ps1`));
    expect(plans.map(({ path }) => path)).toEqual(expected);
  });

  it('gives the same plans again and leaves its input alone', () => {
    const before = JSON.stringify(hostilePack);
    expect(lower(hostilePack, targets, messages)).toEqual(plans);
    expect(JSON.stringify(hostilePack)).toBe(before);
  });

  it('keeps the order of the rules', () => {
    for (const plan of plans)
      expect(plan.rules.map(({ id }) => id)).toEqual(hostilePack.pack.rules.map(({ id }) => id));
  });

  it('carries a certificate only in fix-cert, and only one that a rule installs', () => {
    const carried = plans.filter(({ certificates }) => certificates.length > 0);
    const repairing = targets.filter(({ scripts }) => scripts.includes('fix-cert'));
    expect(carried.map(({ script }) => script)).toEqual(repairing.map(() => 'fix-cert'));
    for (const plan of carried) expect(plan.certificates.map(({ id }) => id)).toEqual(['small-root']);
  });

  it('takes codes, answer and limits from the target', () => {
    // The vendors of the others name no limit, or a higher one.
    const scriptLimits: Readonly<Record<string, number>> = { 'n-sight': 65_535 };
    for (const target of targets.filter(({ scripts }) => scripts.includes('check'))) {
      const { exitCodes, answerCommand, limits } = planOf(target.id, 'check');
      expect({ exitCodes, answerCommand, limits }).toEqual({
        exitCodes: target.exitCodes,
        answerCommand: target.answerCommand,
        limits: {
          answerCharacters: target.limits.answerCharacters,
          scriptCharacters: scriptLimits[target.id] ?? 200_000,
        },
      });
    }
  });

  it('puts texts for people only where a person reads them', () => {
    for (const text of Object.values(planOf('intune-remediation', 'check').messages))
      expect(Object.keys(text).filter((part) => part !== 'do')).toEqual(['en']);
    expect(planOf('intune-remediation', 'check').packTexts).toEqual({});
    expect(planOf('manual', 'check').messages['STATE_pass']).toHaveProperty('ja');
    expect(planOf('manual', 'report').messages['OS_NATIVE']).toHaveProperty('ja');
    // fix-cert shows only what it repairs; the summary line needs the others in English.
    expect(planOf('manual', 'fix-cert').messages['OS_NATIVE']).not.toHaveProperty('ja');
    expect(planOf('manual', 'fix-cert').messages['CERT_MISSING']).toHaveProperty('ja');
    expect(planOf('manual', 'report').packTexts).toHaveProperty('IMPACT');
  });

  it('gives every script the texts of its findings, and those of a repair to fix-cert alone', () => {
    for (const { messages: texts, script } of plans) {
      const keys = Object.keys(texts);
      expect(keys).toEqual(expect.arrayContaining(['OS_NEVER', 'CERT_MISSING', 'PRODUCT_BELOW']));
      expect(keys.some((key) => key.startsWith('FIX_'))).toBe(script === 'fix-cert');
    }
  });
});
