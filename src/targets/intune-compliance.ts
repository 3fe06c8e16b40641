import type { BundleFile, ResolvedPack, VerifiedScript } from '../script-plan.ts';
import type { LocalizedText, Rule } from '../rule-pack.ts';
import { graphFiles, startSettings, type GraphBody } from './intune-upload.ts';
import { sentences } from './sentences.ts';
import { ranCodes, type Target } from './target.ts';

/** The script's setting for the verdict; the others are named after the rules. */
const verdictSetting = 'PSMINT-VERDICT';

/** Intune custom compliance: a discovery script and the rules for what it finds. */
export const intuneCompliance: Target = {
  id: 'intune-compliance',
  title: { en: 'Intune custom compliance', ja: 'Intune カスタム コンプライアンス' },
  when: {
    en: 'Conditional Access shall know whether a device meets the requirements. It repairs nothing; intune-remediation does.',
    ja: '条件付きアクセスで要件の適合状況を使用する場合。修復は行いません (修復は intune-remediation)。',
    withoutFix: {
      en: 'Conditional Access shall know whether a device meets the requirements.',
      ja: '条件付きアクセスで要件の適合状況を使用する場合。',
    },
  },
  start: '',
  bitness: {
    en: '32-bit in the portal unless changed, 64-bit through Graph',
    ja: 'ポータルの既定は 32 ビット、Graph では 64 ビット',
  },
  executionPolicy: {
    en: 'set by the switch "Enforce script signature check" of the script',
    ja: 'スクリプトの「スクリプト署名チェックを強制する」の設定に従う',
  },
  timeout: sentences.noTimeout,
  answer: {
    en: 'Device compliance, setting PSMINT-VERDICT and one setting a required rule; the portal shows the names and the values.',
    ja: 'デバイスのコンプライアンス。設定 PSMINT-VERDICT と必須の規則ごとの設定が表示されます。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Send device-compliance-script.json with upload.sh (below): the signed text arrives to the byte. Or Devices, Compliance, Scripts, Add, Windows 10 and later: paste nothing but the content of check.ps1, logged-on credentials no, signature check no, 64-bit yes.',
      ja: 'upload.sh で device-compliance-script.json を送信します (下記。署名済みの内容がそのまま登録されます)。または「デバイス」「コンプライアンス」「スクリプト」「追加」「Windows 10 以降」で check.ps1 の内容のみを入力し、「ログオンした資格情報」を「いいえ」、「署名チェック」を「いいえ」、「64 ビット」を「はい」にします。',
    },
    sentences.graphUpload,
    {
      en: 'Create a compliance policy, Custom compliance, Require: choose the script and upload compliance.json.',
      ja: 'コンプライアンス ポリシーを作成し、「カスタム コンプライアンス」を「必要」にして、スクリプトを選択し、compliance.json をアップロードします。',
    },
    {
      en: 'Assign it to a pilot group, and wait a day before Conditional Access depends on it.',
      ja: 'パイロット グループに割り当て、1 日様子を見てから条件付きアクセスに使用します。',
    },
  ],
  traps: [
    {
      en: 'Compliance knows two answers: a pending restart and "could not tell" make a device not compliant; PSMINT-VERDICT shows which it is.',
      ja: 'コンプライアンスの結果は 2 種類だけです。「再起動待ち」と「判定不可」も非準拠になり、PSMINT-VERDICT で区別できます。',
    },
    {
      en: '65007: the script failed. 65008: a setting of the JSON is not in the answer (script and compliance.json are of two builds). 65009: no JSON. 65010: wrong type.',
      ja: '65007 はスクリプトの失敗、65008 は JSON の設定が結果にないこと (スクリプトと compliance.json のビルドが異なる)、65009 は JSON の誤り、65010 は型の誤りを示します。',
    },
    {
      en: 'A policy has one script. Put both files of one build into it, and both again after an update.',
      ja: '1 つのポリシーに使えるスクリプトは 1 つです。更新時は必ず両方のファイルを入れ替えてください。',
    },
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bytesUnknown,
    {
      en: 'The format is that of Microsoft texts of 2021 to 2024. Settings that compliance.json does not name are therefore not answered.',
      ja: '形式は 2021 ～ 2024 年の Microsoft の資料によるものです。そのため compliance.json にない設定は出力しません。',
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/mem/intune/protect/compliance-custom-json',
    'https://learn.microsoft.com/en-us/mem/intune/protect/compliance-custom-script',
    'https://learn.microsoft.com/en-us/graph/api/resources/intune-devices-devicecompliancescript',
  ],
  exitCodes: ranCodes,
  channel: {
    launch: 'unconfirmed',
    keeps: 'all',
    codes: 'ignored',
    state: { in: 'json', field: verdictSetting },
    seesFix: 'next-check',
  },
  answerCommand: 'Write-IntuneComplianceAnswer',
  showsTexts: false,
  limits: { answerCharacters: 100_000 },
  scripts: ['check'],
  companions: (pack, scripts) => [complianceRules(pack), ...complianceScript(pack, scripts)],
};

/** Body for POST /beta/deviceManagement/deviceComplianceScripts (Microsoft Graph, resource deviceComplianceScript). */
function complianceScript(pack: ResolvedPack, scripts: readonly VerifiedScript[]): readonly BundleFile[] {
  const { id, version, title } = pack.pack;
  const bodies = scripts.map(({ bytes }): GraphBody<'deviceComplianceScripts'> => ({
    '@odata.type': '#microsoft.graph.deviceComplianceScript',
    publisher: 'psmint',
    version,
    displayName: `${title.en} (${id} ${version})`,
    description: `For compliance.json of the same build. ${title.ja}`,
    detectionScriptContent: bytes.toString('base64'),
    ...startSettings,
  }));
  const named = Object.fromEntries(bodies.map((body) => ['device-compliance-script.json', body]));
  return graphFiles(pack, 'intune-compliance', 'deviceComplianceScripts', named);
}

/** Microsoft allows 100 rules in 100 KB: the verdict alone where the rules do not fit. */
const maxRules = 100;
const maxBytes = 100_000;

/** The JSON that Intune compares the script's answer with. */
function complianceRules({ pack }: ResolvedPack): BundleFile {
  const link = pack.sources[0]?.url ?? '';
  const verdict = ruleOf(verdictSetting, 'String', 'pass', pack.title, pack.impact, link);
  const required = pack.rules.filter(({ severity }) => severity === 'required');
  const all = [verdict, ...required.map((rule) => ruleOf(rule.id, 'Boolean', true, rule.title, textsOf(rule), link))];
  const text = (rules: readonly object[]): Buffer => Buffer.from(`${JSON.stringify({ Rules: rules }, null, 2)}\n`);
  const fits = all.length <= maxRules && text(all).length <= maxBytes;
  return { path: `${pack.id}/intune-compliance/compliance.json`, content: text(fits ? all : [verdict]) };
}

function textsOf({ why, remediation }: Rule): readonly LocalizedText[] {
  return [why, ...remediation.map(({ text }) => text)];
}

function ruleOf(
  name: string,
  type: 'String' | 'Boolean',
  operand: string | boolean,
  title: LocalizedText,
  description: readonly LocalizedText[],
  link: string,
): object {
  const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  const stringsOf = (language: 'en' | 'ja', code: string): object => ({
    Language: code,
    Title: flat(`${title[language]}: {ActualValue}`),
    Description: flat(description.map((text) => text[language]).join(' ')),
  });
  return {
    SettingName: name,
    Operator: 'IsEquals',
    DataType: type,
    Operand: operand,
    MoreInfoUrl: link,
    RemediationStrings: [stringsOf('en', 'en_US'), stringsOf('ja', 'ja_JP')],
  };
}
