import type { TargetText } from './target.ts';

/** Sentences that several targets say in the same words. */
export const sentences = {
  trustFirst: {
    en: 'Put the signer into Trusted Publishers and its root into Trusted Root on the machines (folder trust).',
    ja: '署名者を「信頼された発行元」、そのルートを「信頼されたルート証明機関」に配布します (trust フォルダー)。',
  },
  pilot: {
    en: 'Run it on a few machines first, and look at the answer of each.',
    ja: 'まず数台で実行し、結果を確認します。',
  },
  graphUpload: {
    en: 'upload.sh needs sh and curl (Linux, macOS, WSL, Git Bash). Put a token for Microsoft Graph with the permission DeviceManagementScripts.ReadWrite.All into the environment variable GRAPH_TOKEN without showing it; in bash or zsh: read -rs GRAPH_TOKEN; export GRAPH_TOKEN. An app registration that has this permission gets one from the token endpoint of your tenant. Then: sh upload.sh <file>.json. It prints the id; sh upload.sh <file>.json <id> replaces the script later. It assigns nothing.',
    ja: 'upload.sh の実行には sh と curl が必要です (Linux、macOS、WSL、Git Bash)。DeviceManagementScripts.ReadWrite.All のアクセス許可を持つ Microsoft Graph のトークンを、画面に表示せずに環境変数 GRAPH_TOKEN に設定し (bash または zsh では read -rs GRAPH_TOKEN; export GRAPH_TOKEN。トークンは、このアクセス許可を持つアプリの登録でテナントのトークン エンドポイントから取得します)、sh upload.sh <ファイル名>.json を実行すると ID が表示されます。更新時は sh upload.sh <ファイル名>.json <ID> で置き換えます。割り当ては行いません。',
  },
  runFix: {
    en: 'Where check finds that a certificate is missing, run fix-cert.ps1 as SYSTEM, then check.ps1 again. fix-cert adds missing certificates and nothing else.',
    ja: 'check で証明書の規則が fail の場合は、fix-cert.ps1 を SYSTEM で実行し、もう一度 check.ps1 を実行します。fix-cert は不足している証明書を追加するだけです。',
    withoutFix: null,
  },
  yesNo: {
    en: 'This channel knows good and bad. Code 1 also stands for "restart pending" and "could not tell"; the line names the state.',
    ja: 'この方法で区別できるのは良否だけです。コード 1 には「再起動待ち」「判定不可」も含まれ、状態は出力行に表示されます。',
  },
  fixIsCertificatesOnly: {
    en: 'fix-cert repairs certificates only. A machine that lacks a Windows update stays bad until it is updated.',
    ja: 'fix-cert が修復するのは証明書だけです。Windows 更新プログラムが不足しているコンピューターは、更新されるまで不適合のままです。',
    withoutFix: null,
  },
  policyWins: {
    en: 'An execution policy of Group Policy wins over what the agent passes: AllSigned then asks for the signature and the trusted publisher.',
    ja: 'グループ ポリシーの実行ポリシーはエージェントの指定より優先されます。AllSigned の場合は署名と「信頼された発行元」の登録が必要です。',
  },
  noBraces: {
    en: 'Do not put variables of the console into the script text: that breaks the signature.',
    ja: 'スクリプト本文にコンソールの変数を埋め込まないでください。署名が無効になります。',
  },
  orRunner: {
    en: 'Where AllSigned holds and the console changes the text, copy the signed files to the folder that runner.txt names, and enter its lines in place of the scripts.',
    ja: 'AllSigned の環境でコンソールがテキストを変えてしまう場合は、署名済みのファイルを runner.txt に記載のフォルダーにコピーし、スクリプトの代わりに runner.txt の行を登録します。',
  },
  oneFieldAPack: {
    en: 'One pack a field: a second pack that writes the same fields would replace the verdict of the first. Use this channel for one pack, or read the line, which names its pack.',
    ja: 'フィールドに入る判定は 1 つのパックの分だけです。2 つ目のパックが同じフィールドに書き込むと、前の判定が上書きされます。複数のパックを使う場合は、パック名のある要約行で確認してください。',
  },
  startUnknown: {
    en: 'How the agent starts PowerShell is not published. The scripts give their exit code with and without -File; in ConstrainedLanguage without -File it may become 1, and the line still names the state.',
    ja: 'エージェントが PowerShell を起動する方法は公開されていません。スクリプトは -File の有無にかかわらず終了コードを返します。ConstrainedLanguage で -File がない場合はコードが 1 になることがありますが、状態は出力行に表示されます。',
  },
  bitnessUnknown: {
    en: '32-bit or 64-bit is not published. Every read uses the 64-bit view, so the answer is the same.',
    ja: '32 ビットか 64 ビットかは公開されていません。読み取りは常に 64 ビット側のため、結果は同じです。',
  },
  policyUnknown: {
    en: 'The execution policy that the agent passes is not published. Plan for AllSigned: the scripts are signed.',
    ja: 'エージェントが指定する実行ポリシーは公開されていません。AllSigned を想定してください (スクリプトは署名済みです)。',
  },
  timeoutUnknown: {
    en: 'The vendor names no time-out. A check takes seconds.',
    ja: 'タイムアウトは公開されていません。check は数秒で終わります。',
  },
  bytesUnknown: {
    en: 'Whether the agent writes the script to disk byte for byte is not published. If it does not, the signature is broken: harmless under Bypass, fatal under AllSigned. Check it on one machine.',
    ja: 'エージェントがスクリプトを 1 バイトも変えずに書き出すかどうかは公開されていません。変わると署名が無効になり、Bypass では影響がなく、AllSigned では実行されません。1 台で確認してください。',
  },
  outputUnknown: {
    en: 'How much output is kept is not published. The summary is one line of at most 2,048 characters, the last one.',
    ja: '保存される出力の長さは公開されていません。要約は最後の 1 行で、最大 2,048 文字です。',
  },
  lastLine: {
    en: 'The last line of the output.',
    ja: '出力の最後の 1 行。',
  },
  japaneseNames: {
    en: 'Some names of the console on the Japanese page are translations: no Japanese page of Microsoft was found that shows them.',
    ja: 'コンソールの日本語名には Microsoft の資料で確認できていないものがあります。異なる場合は近い名前の項目を選んでください。',
  },
  anyView: {
    en: 'not published; every read uses the 64-bit view',
    ja: '公開されていません (読み取りは常に 64 ビット側)',
  },
  anyPolicy: {
    en: 'not published; the signed scripts also run under AllSigned once the signer is trusted',
    ja: '公開されていません (署名者を信頼させれば AllSigned でも実行できます)',
  },
  noTimeout: { en: 'not published', ja: '公開されていません' },
} as const satisfies Readonly<Record<string, TargetText>>;

/** Names of a console that no page of its vendor shows: they are what users write. */
export function namesUnknown(...names: readonly string[]): TargetText {
  const quote = (open: string, close: string): string[] => names.map((name) => `${open}${name}${close}`);
  return {
    en: `No page of the vendor was found that shows these names of the console: ${quote('"', '"').join(', ')}. Take the nearest one.`,
    ja: `コンソールの次の名前は提供元の資料で確認できていません: ${quote('「', '」').join('')}。異なる場合は近い名前の項目を選んでください。`,
  };
}

/** An agent of which its vendor publishes nothing that matters here. */
export const nothingPublished: readonly TargetText[] = [
  sentences.startUnknown,
  sentences.bitnessUnknown,
  sentences.policyUnknown,
  sentences.timeoutUnknown,
  sentences.bytesUnknown,
  sentences.outputUnknown,
];
