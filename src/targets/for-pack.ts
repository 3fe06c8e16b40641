import type { RulePack } from '../rule-pack.ts';
import type { Target, TargetText } from './target.ts';

/** A target as it is for one pack: where the pack repairs nothing there is no fix-cert, and no text speaks of it. Pure. */
export function targetFor(target: Target, pack: RulePack): Target {
  if (repairs(pack)) return target;
  const { when, bitness, executionPolicy, timeout, answer, steps, traps, unconfirmed, settings = [] } = target;
  return {
    ...target,
    when: textWithoutFix(when),
    bitness: textWithoutFix(bitness),
    executionPolicy: textWithoutFix(executionPolicy),
    timeout: textWithoutFix(timeout),
    answer: textWithoutFix(answer),
    steps: listWithoutFix(steps),
    traps: listWithoutFix(traps),
    unconfirmed: listWithoutFix(unconfirmed),
    settings: settings.map((setting) => ({ ...setting, why: textWithoutFix(setting.why) })),
    scripts: target.scripts.filter((script) => script !== 'fix-cert'),
  };
}

/** Whether fix-cert has anything to do. */
function repairs({ rules }: RulePack): boolean {
  return rules.some(({ remediation }) => remediation.some(({ step }) => step === 'install-certificate'));
}

function textWithoutFix(text: TargetText): TargetText {
  return text.withoutFix ?? text;
}

function listWithoutFix(texts: readonly TargetText[]): readonly TargetText[] {
  return texts.filter(({ withoutFix }) => withoutFix !== null).map(textWithoutFix);
}
