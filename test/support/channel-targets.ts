import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/target.ts';
import { withoutComments } from '../../src/templates.ts';
import { channelPack } from './channel-cases.ts';
import { pretend } from './pretend-target/pretend.ts';
import { renderSimulated, schemaFolder } from './simulated.ts';

/** The targets that psmint brings along, and one that somebody adds: it is played like them. */
export const channelTargets: readonly Target[] = [...targets, pretend];

/** The scripts of the pack that every channel is played with, for all of them, on simulated machines. */
export async function renderChannelScripts(): Promise<readonly UnsignedScript[]> {
  const file = new URL('pretend-target/Write-PretendAnswer.ps1', import.meta.url);
  const answerText = withoutComments(readFileSync(file, 'utf8'));
  return renderSimulated([join(schemaFolder, '..', `${channelPack}.json`)], [{ target: pretend, answerText }]);
}
