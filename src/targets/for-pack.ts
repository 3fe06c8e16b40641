import type { RulePack } from '../rule-pack.ts';
import type { Setting, Target, TargetText } from './target.ts';

/** A target as it is for one pack: where the pack repairs nothing there is no fix-cert, and no text speaks of it. Pure. */
export function targetFor(target: Target, pack: RulePack): Target {
  if (repairs(pack)) return target;
  const {
    when,
    bitness,
    executionPolicy,
    timeout,
    answer,
    steps,
    traps,
    unconfirmed,
    settings = [],
    events = [],
  } = target;
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
    settings: settingsWithoutFix(settings),
    events: settingsWithoutFix(events),
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

function settingsWithoutFix(settings: readonly Setting[]): readonly Setting[] {
  return settings
    .filter(({ why }) => why.withoutFix !== null)
    .map((setting) => ({ ...setting, why: textWithoutFix(setting.why) }));
}
