import { createHash } from 'node:crypto';
import type { BundleFile, ResolvedPack, ScriptName } from '../script-plan.ts';
import { namesUnknown, sentences } from './sentences.ts';
import { freeCodes, lineCharacters, namesOf, type Target } from './target.ts';

/** Tactical RMM. Source: amidaware/tacticalrmm and amidaware/rmmagent. */
export const tactical: Target = {
  id: 'tactical',
  title: { en: 'Tactical RMM', ja: 'Tactical RMM' },
  when: {
    en: 'Tactical RMM manages the machines: a script check with code lists tells all four states apart.',
    ja: 'Tactical RMM で管理している場合。スクリプト チェックのコード一覧で 4 つの状態を区別できます。',
  },
  start: 'powershell.exe -NonInteractive -NoProfile -ExecutionPolicy Bypass check.ps1',
  bitness: { en: '64-bit', ja: '64 ビット' },
  executionPolicy: { en: 'Bypass', ja: 'Bypass' },
  timeout: { en: '90 seconds unless changed', ja: '既定 90 秒 (変更可)' },
  answer: { en: 'Output and return code of the check.', ja: 'チェックの出力と戻り値。' },
  steps: [
    sentences.trustFirst,
    {
      en: 'Settings, Script Manager, New, Upload script: check.ps1 and fix-cert.ps1, shell PowerShell. community_scripts.json has the entries for a copy of amidaware/community-scripts that you keep yourself: the scripts go to its folder scripts.',
      ja: '「Settings」「Script Manager」「New」「Upload script」で check.ps1 と fix-cert.ps1 を登録します (シェルは PowerShell)。amidaware/community-scripts の複製を自分で管理している場合は、community_scripts.json の内容を追加し、スクリプトを scripts フォルダーに置きます。',
      withoutFix: {
        en: 'Settings, Script Manager, New, Upload script: check.ps1, shell PowerShell. community_scripts.json has the entry for a copy of amidaware/community-scripts that you keep yourself: the script goes to its folder scripts.',
        ja: '「Settings」「Script Manager」「New」「Upload script」で check.ps1 を登録します (シェルは PowerShell)。amidaware/community-scripts の複製を自分で管理している場合は、community_scripts.json の内容を追加し、スクリプトを scripts フォルダーに置きます。',
      },
    },
    {
      en: 'Add a script check with check.ps1 to a pilot agent and enter the codes of the list below.',
      ja: 'パイロットのエージェントに check.ps1 のスクリプト チェックを追加し、下記のコードを入力します。',
    },
    sentences.runFix,
  ],
  settings: [
    {
      name: 'Warning return codes',
      value: '11, 12',
      why: {
        en: '11: a restart is pending. 12: could not tell. Leave the informational codes empty.',
        ja: '11 は再起動待ち、12 は判定不可です。情報のコードは空のままにします。',
      },
    },
    {
      name: 'every other code',
      value: '10, 1',
      why: {
        en: '10 = fail, 1 = the script did not run: errors. Tactical itself uses 85 when its agent fails.',
        ja: '10 は不適合、1 はスクリプトの実行失敗で、エラーになります。エージェント自体の失敗は 85 です。',
      },
    },
  ],
  traps: [
    {
      en: 'The script is started without -File. It tells the host its code too, so that 10 does not become 1; in ConstrainedLanguage it may, and the line still names the state.',
      ja: '-File なしで起動されます。スクリプトはホストにもコードを伝えるため 10 が 1 になることはありませんが、ConstrainedLanguage では 1 になることがあります (状態は出力行に表示されます)。',
    },
    {
      en: 'Double braces in a script are replaced by Tactical. No script of psmint has any; do not add snippets to them.',
      ja: 'スクリプト内の二重波かっこは置換されます。psmint のスクリプトには含まれていません。スニペットを追加しないでください。',
    },
    sentences.policyWins,
  ],
  unconfirmed: [sentences.outputUnknown, namesUnknown('Settings', 'Upload script')],
  sources: ['https://github.com/amidaware/tacticalrmm', 'https://github.com/amidaware/community-scripts'],
  exitCodes: freeCodes,
  channel: {
    launch: 'command',
    keeps: 'all',
    codes: 'exact',
    state: { in: 'line' },
    seesFix: 'answer',
    replaces: '\\{\\{(.*)\\}\\}',
  },
  answerCommand: 'Write-TacticalAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 90 },
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => [communityScripts(pack, namesOf(scripts))],
};

const codes = 'Codes: 0 pass, 10 fail, 11 restart pending, 12 could not tell.';
const reads = `Reads only. ${codes}`;
const fixes = `Adds missing certificates and nothing else. ${codes}`;

/** Entries of community_scripts.json, one a script. */
function communityScripts({ pack }: ResolvedPack, scripts: readonly ScriptName[]): BundleFile {
  const entryOf = (script: ScriptName): object => ({
    guid: guidOf(`${pack.id}/${script}`),
    filename: `${script}.ps1`,
    submittedBy: 'psmint',
    name: `${pack.title.en} - ${script}`,
    description: script === 'fix-cert' ? fixes : reads,
    shell: 'powershell',
    category: 'TRMM (Win):Security',
    supported_platforms: ['windows'],
    default_timeout: '90',
  });
  return {
    path: `${pack.id}/tactical/community_scripts.json`,
    content: Buffer.from(`${JSON.stringify(scripts.map(entryOf), null, 2)}\n`),
  };
}

// The same name gives the same GUID, so that an update replaces its script (form of RFC 9562 version 8).
function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
