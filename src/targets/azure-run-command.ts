import type { BundleFile, ResolvedPack, VerifiedScript } from '../script-plan.ts';
import { sentences } from './sentences.ts';
import { freeCodes, type Target } from './target.ts';

/** Azure managed Run Command (virtualMachines/runCommands). */
export const azureRunCommand: Target = {
  id: 'azure-run-command',
  title: { en: 'Azure Run Command', ja: 'Azure 実行コマンド' },
  when: {
    en: 'Azure virtual machines and Arc servers, without another agent.',
    ja: '他のエージェントを使わない Azure 仮想マシンや Arc サーバーの場合。',
  },
  start: '',
  bitness: { en: '64-bit', ja: '64 ビット' },
  executionPolicy: sentences.anyPolicy,
  timeout: { en: '10 minutes in the body; 90 minutes unless set', ja: '本文では 10 分 (指定しない場合は 90 分)' },
  answer: {
    en: 'instanceView.output and instanceView.exitCode of the run command.',
    ja: '実行コマンドの instanceView.output と instanceView.exitCode。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Set the location in run-command-check.json to that of the machine.',
      ja: 'run-command-check.json の location をコンピューターの地域に変更します。',
    },
    {
      en: 'PUT it: az rest --method put --url "https://management.azure.com/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachines/NAME/runCommands/psmint-check?api-version=2024-07-01" --body @run-command-check.json',
      ja: 'PUT します: az rest --method put --url "https://management.azure.com/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachines/NAME/runCommands/psmint-check?api-version=2024-07-01" --body @run-command-check.json',
    },
    {
      en: 'Read it: az vm run-command show --name psmint-check --vm-name NAME -g GROUP --instance-view',
      ja: '結果を表示します: az vm run-command show --name psmint-check --vm-name NAME -g GROUP --instance-view',
    },
    {
      en: 'run-command-fix-cert.json repairs in the same way.',
      ja: 'run-command-fix-cert.json で同じように修復します。',
      withoutFix: null,
    },
  ],
  traps: [
    {
      en: 'Only the last 4,096 bytes of the output are kept. The summary is the last line.',
      ja: '出力は末尾の 4,096 バイトだけが保存されます。要約は最後の行です。',
    },
    {
      en: 'Microsoft names Windows 10, Windows 11 and Server 2016 or later for this. Take another way for older machines.',
      ja: 'Microsoft が対応を明記しているのは Windows 10、Windows 11、Server 2016 以降です。それより古いコンピューターでは別の方法を使用してください。',
    },
    sentences.fixIsCertificatesOnly,
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.policyUnknown,
    sentences.bytesUnknown,
    {
      en: 'The steps are those for virtual machines. Arc servers have az connectedmachine run-command (preview); the address and the api-version of their API were not looked up.',
      ja: '手順は仮想マシン用です。Arc サーバーには az connectedmachine run-command (プレビュー) がありますが、API の URL と api-version は確認していません。',
    },
  ],
  sources: [
    'https://learn.microsoft.com/en-us/azure/virtual-machines/windows/run-command-managed',
    'https://learn.microsoft.com/en-us/azure/azure-arc/servers/run-command',
  ],
  exitCodes: freeCodes,
  channel: {
    launch: 'unconfirmed',
    keeps: 'last-characters',
    codes: 'exact',
    state: { in: 'line' },
    seesFix: 'answer',
  },
  answerCommand: 'Write-AzureRunCommandAnswer',
  showsTexts: false,
  limits: { answerCharacters: 4096, seconds: 600 },
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => scripts.map((script) => runCommand(pack, script)),
};

/** Body of a PUT. JSON keeps every character of the script, its line ends too. */
function runCommand({ pack }: ResolvedPack, { plan, bytes }: VerifiedScript): BundleFile {
  const body = {
    location: 'REGION',
    properties: {
      source: { script: bytes.toString('latin1') },
      timeoutInSeconds: 600,
      treatFailureAsDeploymentFailure: false,
    },
  };
  return {
    path: `${pack.id}/azure-run-command/run-command-${plan.script}.json`,
    content: Buffer.from(`${JSON.stringify(body, null, 2)}\n`),
  };
}
