import type { BundleFile, ResolvedPack, ScriptName } from '../script-plan.ts';
import { runnerLine, scriptFolder } from './runner.ts';
import { sentences } from './sentences.ts';
import { freeCodes, namesOf, type Target } from './target.ts';

/** AWS Systems Manager Run Command. Source: aws/amazon-ssm-agent. */
export const awsSsm: Target = {
  id: 'aws-ssm',
  title: { en: 'AWS Systems Manager', ja: 'AWS Systems Manager' },
  when: {
    en: 'EC2 instances and servers with the SSM agent.',
    ja: 'EC2 インスタンスや SSM エージェントを導入したサーバーの場合。',
  },
  start: 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File check.ps1',
  bitness: { en: '64-bit', ja: '64 ビット' },
  executionPolicy: {
    en: 'AllSigned, by the runner in the document; the agent itself passes unrestricted',
    ja: 'AllSigned (ドキュメント内のランナーで指定。エージェント自体は unrestricted)',
  },
  timeout: {
    en: '10 minutes in the document; 3,600 seconds unless set',
    ja: 'ドキュメントでは 10 分 (既定は 3,600 秒)',
  },
  answer: {
    en: 'Output and status of the command; the console shows 2,500 characters.',
    ja: 'コマンドの出力と状態。コンソールには 2,500 文字まで表示されます。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Upload check.ps1 and fix-cert.ps1 to an S3 folder that the instance profile may list and read (s3:ListBucket, s3:GetObject).',
      ja: 'check.ps1 と fix-cert.ps1 を、インスタンス プロファイルで一覧と読み取りができる (s3:ListBucket、s3:GetObject) S3 のフォルダーにアップロードします。',
      withoutFix: {
        en: 'Upload check.ps1 to an S3 folder that the instance profile may list and read (s3:ListBucket, s3:GetObject).',
        ja: 'check.ps1 を、インスタンス プロファイルで一覧と読み取りができる (s3:ListBucket、s3:GetObject) S3 のフォルダーにアップロードします。',
      },
    },
    {
      en: 'Create the document, one a pack: aws ssm create-document --name psmint-PACK --document-type Command --document-format JSON --content file://ssm-document.json',
      ja: 'ドキュメントをパックごとに作成します: aws ssm create-document --name psmint-PACK --document-type Command --document-format JSON --content file://ssm-document.json',
    },
    {
      en: 'Run it for a pilot tag: aws ssm send-command --document-name psmint-PACK --targets Key=tag:Pilot,Values=yes --parameters SourceUrl=https://BUCKET.s3.REGION.amazonaws.com/FOLDER/',
      ja: 'パイロットのタグで実行します: aws ssm send-command --document-name psmint-PACK --targets Key=tag:Pilot,Values=yes --parameters SourceUrl=https://BUCKET.s3.REGION.amazonaws.com/FOLDER/',
    },
    {
      en: 'The same document repairs: the same command, ending with ...FOLDER/,Script=fix-cert (a comma, no blank).',
      ja: '同じコマンドの末尾を …FOLDER/,Script=fix-cert (コンマ区切り、空白なし) にすると、同じドキュメントで修復を実行します。',
      withoutFix: null,
    },
  ],
  queries: [
    {
      title: {
        en: 'Instances and what they said. ID: the command id that send-command printed.',
        ja: 'インスタンスごとの出力。ID は send-command が表示したコマンド ID です。',
      },
      language: 'sh',
      text: "aws ssm list-command-invocations --command-id ID --details --query 'CommandInvocations[].[InstanceId,CommandPlugins[?Name==`run`].Output|[0]]' --output text",
    },
  ],
  traps: [
    {
      en: 'Text that is pasted into AWS-RunPowerShellScript gets a BOM and other line ends: the signature breaks. The document fetches the file and starts it.',
      ja: 'AWS-RunPowerShellScript に貼り付けたテキストには BOM が付き改行も変わるため、署名が無効になります。このドキュメントはファイルを取得して起動します。',
    },
    {
      en: 'The status is Failed for every code but 0, also for "restart pending" and "could not tell". No script ever exits with 3010, which would restart the instance.',
      ja: '0 以外のコードの状態はすべて Failed です (再起動待ち、判定不可を含む)。再起動を引き起こすコード 3010 は使用しません。',
    },
    sentences.fixIsCertificatesOnly,
  ],
  unconfirmed: [
    {
      en: 'That a download replaces an older file is read in the source of the agent (2024-10), not documented; agents before 3.0.502 do not know that a failed download ends the document, and run the file that is there: compare the pack version in the line.',
      ja: '古いファイルが置き換わることはエージェントのソース (2024 年 10 月) で確認したもので、資料には記載がありません。3.0.502 より前のエージェントはダウンロードに失敗しても終了せず、残っているファイルを実行します。要約行のパックのバージョンを確認してください。',
    },
  ],
  sources: [
    'https://github.com/aws/amazon-ssm-agent',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html',
    'https://docs.aws.amazon.com/cli/latest/reference/ssm/list-command-invocations.html',
  ],
  exitCodes: freeCodes,
  channel: { launch: 'file', keeps: 'first-characters', codes: 'exact', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-AwsSsmAnswer',
  signedFile: `${scriptFolder('<pack>')}\\check.ps1`,
  showsTexts: false,
  limits: { answerCharacters: 2500, seconds: 600 },
  scripts: ['check', 'fix-cert'],
  byRunner: ['check', 'fix-cert'],
  companions: (pack, scripts) => [ssmDocument(pack, namesOf(scripts))],
};

/** Command document, schema 2.2: fetches the folder, starts the script that a parameter names. */
function ssmDocument({ pack }: ResolvedPack, scripts: readonly ScriptName[]): BundleFile {
  const document = {
    schemaVersion: '2.2',
    description: `${pack.id} ${pack.version}: downloads the signed scripts and starts one of them`,
    parameters: {
      SourceUrl: {
        type: 'String',
        description: '(Required) S3 URL of the folder with the signed scripts, a slash at its end',
        allowedPattern: '^https://[A-Za-z0-9._/-]+/$',
      },
      Script: { type: 'String', description: 'Script', default: 'check', allowedValues: scripts },
    },
    mainSteps: [
      {
        action: 'aws:downloadContent',
        name: 'download',
        precondition: { StringEquals: ['platformType', 'Windows'] },
        inputs: {
          // Or a failed download would run the file that lies there from before.
          onFailure: 'exit',
          sourceType: 'S3',
          sourceInfo: '{"path":"{{ SourceUrl }}"}',
          destinationPath: scriptFolder(pack.id),
        },
      },
      {
        action: 'aws:runPowerShellScript',
        name: 'run',
        precondition: { StringEquals: ['platformType', 'Windows'] },
        inputs: { timeoutSeconds: '600', runCommand: [runnerLine(pack.id, '{{ Script }}')] },
      },
    ],
  };
  return {
    path: `${pack.id}/aws-ssm/ssm-document.json`,
    content: Buffer.from(`${JSON.stringify(document, null, 2)}\n`),
  };
}
