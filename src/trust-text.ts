import type { Language, SignatureFacts } from './script-plan.ts';

/** What the page of the trust kit depends on. */
export interface TrustFacts {
  readonly signer: SignatureFacts;
  /** Names of the certificate files without `.cer`. */
  readonly files: ReadonlySet<string>;
  readonly isPrivateRoot: boolean;
  readonly hasScript: boolean;
}

/**
 * `trust.<language>.md`: how machines come to trust the signer, and what to do when its certificate changes. Pure.
 * App Control: learn.microsoft.com, ConfigCI, Add-SignerRule (-FilePath, -CertificatePath, -User).
 */
export function trustText(language: Language, facts: TrustFacts): string {
  return language === 'en' ? english(facts) : japanese(facts);
}

/** Days before the end of the signer at which its renewal has to begin: every machine must have the next one in time. */
const renewalDays = 60;

function renewalDate({ signerNotAfter }: SignatureFacts): string {
  return new Date(Date.parse(signerNotAfter) - renewalDays * 86_400_000).toISOString().slice(0, 10);
}

const caCount = (files: ReadonlySet<string>): number =>
  [...files].filter((file) => file.startsWith('intermediate-')).length;

function english({ signer, files, isPrivateRoot, hasScript }: TrustFacts): string {
  const end = signer.signerNotAfter.slice(0, 10);
  const publishers = files.has('next-signer') ? '`signer.cer` and `next-signer.cer`' : '`signer.cer`';
  return `# Trust the signer of these scripts

Machines with the policy AllSigned, RemoteSigned or App Control run the scripts without a question only when they trust
\`signer.cer\` as a publisher and \`root.cer\` as a root. Compare the thumbprints with \`thumbprints.txt\` from a second source first.
${isPrivateRoot ? privateRootEnglish : ''}
| way | what to do |
| --- | --- |
| Group Policy | Computer Configuration > Policies > Windows Settings > Security Settings > Public Key Policies: import \`root.cer\` into Trusted Root Certification Authorities and ${publishers} into Trusted Publishers${caCount(files) > 0 ? ', and each `intermediate-*.cer` into Intermediate Certification Authorities' : ''} |
| Intune | \`root.cer\`: trusted certificate profile, store Computer - Root. ${publishers}: custom profile with the TrustedPublisher entries of \`oma-uri.txt\`, one OMA-URI setting each (trusted certificate profiles do not reach Trusted Publishers) |
| ConfigMgr | the same certificates by Group Policy; the client setting PowerShell execution policy can then stay at All Signed |
| By hand | ${hasScript ? '`install-trust.ps1` as administrator: `powershell.exe -NoProfile -ExecutionPolicy Bypass -File install-trust.ps1`, with `-WhatIf` to look first. Or ' : ''}certlm.msc as administrator: import the same files into the same stores |
| App Control | add a signer rule for \`signer.cer\` (\`Add-SignerRule -FilePath policy.xml -CertificatePath signer.cer -User\` of the ConfigCI module); its root must be in the trusted root store too, and the rule must be renewed with the certificate |
${hasScript ? scriptEnglish : ''}
Check on a machine:

\`\`\`
Get-AuthenticodeSignature .\\check.ps1 | Format-List Status, SignerCertificate
Test-Path Cert:\\LocalMachine\\TrustedPublisher\\${signer.signerSha1}
\`\`\`

The status is Valid, SignerCertificate.Thumbprint is ${signer.signerSha1}, and Test-Path says True.

- Never edit the scripts, never paste them, never let git convert line ends (\`.gitattributes\`: \`*.ps1 -text\`): the signature breaks.
- The certificate is valid to ${end}. ${signer.timestamp === null ? 'The scripts have no timestamp, so their signatures end with it: build again before that day.' : 'The scripts are timestamped, so their signatures stay good after it.'} Begin its renewal by ${renewalDate(signer)}: a renewed certificate has to be on every machine before it signs.
${files.has('next-signer') ? nextEnglish : ''}${files.has('previous-signer') ? previousEnglish : ''}
## When the key was lost or stolen

Put the old \`signer.cer\` into Untrusted Certificates on every machine (Group Policy: Public Key Policies > Untrusted
Certificates) and take it out of Trusted Publishers; machines that check signatures then refuse everything it signed, timestamped or not.
When the key of the root was stolen, do the same with \`root.cer\`. Then distribute the kit of a bundle that was signed anew.
`;
}

const privateRootEnglish = `
**\`root.cer\` is a private root that psmint made on the computer of whoever built this bundle.** A machine that trusts it
trusts everything that is signed under it. Keep the folder of the identity safe, and trust the root only on machines that
need it; for a whole organisation sign with your own PKI (\`--signer pem:\` or \`pfx:\`).
`;

const scriptEnglish = `
\`install-trust.ps1\` is for a few machines. It is signed by the same signer, which such a machine does not trust yet:
that is why it is started with the policy Bypass, after its SHA-256 was compared with \`review.md\`. Where Group Policy sets
the execution policy, Bypass has no effect: use one of the other ways. It adds the certificates
above and nothing else, changes nothing when one of them is in Untrusted Certificates, and ends with 0 when all are in their
stores, 10 when not, 12 when it could not tell.
`;

const nextEnglish = `- \`next-signer.cer\` will sign later. Distribute it now, with the same ways, so that no machine stops on the day of the change.
`;
const previousEnglish = `- \`previous-signer.cer\` signed until now. Keep it in Trusted Publishers while scripts of that time are in use.
`;

function japanese({ signer, files, isPrivateRoot, hasScript }: TrustFacts): string {
  const end = signer.signerNotAfter.slice(0, 10);
  const publishers = files.has('next-signer') ? '`signer.cer` と `next-signer.cer`' : '`signer.cer`';
  return `# スクリプトの署名者を信頼する

実行ポリシーが AllSigned / RemoteSigned の端末や App Control を使用している端末では、\`signer.cer\` を「信頼された発行元」、
\`root.cer\` を「信頼されたルート証明機関」に登録すると、確認なしでスクリプトを実行できます。登録の前に、\`thumbprints.txt\` の拇印を別の経路で入手した値と照合してください。
${isPrivateRoot ? privateRootJapanese : ''}
| 方法 | 手順 |
| --- | --- |
| グループ ポリシー | コンピューターの構成 > ポリシー > Windows の設定 > セキュリティの設定 > 公開キーのポリシーで、\`root.cer\` を「信頼されたルート証明機関」、${publishers} を「信頼された発行元」${caCount(files) > 0 ? '、`intermediate-*.cer` を「中間証明機関」' : ''}にインポートします |
| Intune | \`root.cer\` は「信頼された証明書」プロファイル (コンピューターの証明書ストア - ルート)。${publishers} は \`oma-uri.txt\` の TrustedPublisher の項目を 1 件ずつカスタム プロファイルに設定します (「信頼された証明書」プロファイルでは「信頼された発行元」に配布できません) |
| ConfigMgr | 証明書はグループ ポリシーで配布します。クライアント設定の PowerShell 実行ポリシーは「すべて署名済み」のままで構いません |
| 手動 | ${hasScript ? '管理者として `powershell.exe -NoProfile -ExecutionPolicy Bypass -File install-trust.ps1` を実行します (`-WhatIf` を付けると確認のみ行います)。または、' : ''}管理者として certlm.msc を起動し、同じファイルを同じストアにインポートします |
| App Control | \`signer.cer\` の署名者ルールを追加します (ConfigCI モジュールの \`Add-SignerRule -FilePath policy.xml -CertificatePath signer.cer -User\`)。ルート証明書も「信頼されたルート証明機関」に必要です。証明書の更新時にはルールも更新してください |
${hasScript ? scriptJapanese : ''}
端末での確認:

\`\`\`
Get-AuthenticodeSignature .\\check.ps1 | Format-List Status, SignerCertificate
Test-Path Cert:\\LocalMachine\\TrustedPublisher\\${signer.signerSha1}
\`\`\`

Status が Valid、SignerCertificate.Thumbprint が ${signer.signerSha1}、Test-Path の結果が True であることを確認します。

- スクリプトの編集、貼り付け、git による改行変換 (\`.gitattributes\` に \`*.ps1 -text\` を設定) は行わないでください。署名が無効になります。
- 証明書の有効期限は ${end} です。${signer.timestamp === null ? 'タイムスタンプがないため、署名も同日に無効になります。それまでに再作成してください。' : 'タイムスタンプがあるため、期限後も署名は有効です。'}更新は ${renewalDate(signer)} までに始めてください。新しい証明書は、署名に使用する前にすべての端末へ配布しておく必要があります。
${files.has('next-signer') ? nextJapanese : ''}${files.has('previous-signer') ? previousJapanese : ''}
## 秘密キーを紛失した場合、盗まれた場合

すべての端末で古い \`signer.cer\` を「信頼されていない証明書」に登録し (グループ ポリシー: 公開キーのポリシー > 信頼されていない証明書)、「信頼された発行元」から削除します。
以後、その証明書で署名されたものは、タイムスタンプの有無にかかわらず拒否されます。ルートの秘密キーが盗まれた場合は、\`root.cer\` も同様に処理します。その後、新しく署名したファイル一式の証明書を配布してください。
`;
}

const privateRootJapanese = `
**\`root.cer\` は、このファイル一式を作成したコンピューターで psmint が生成したプライベート ルート証明書です。** 登録した端末は、このルートで署名されたものをすべて信頼します。ID のフォルダーを厳重に管理し、必要な端末にのみ登録してください。組織全体で利用する場合は、自組織の PKI で署名してください (\`--signer pem:\` または \`pfx:\`)。
`;

const scriptJapanese = `
\`install-trust.ps1\` は少数の端末向けです。同じ署名者の署名がありますが、登録前の端末はその署名者をまだ信頼していないため、SHA-256 を \`review.md\` と照合したうえで、実行ポリシー Bypass を指定して実行します。グループ ポリシーで実行ポリシーが設定されている端末では Bypass は無効です。他の方法を使用してください。
上記の証明書を登録する以外の変更は行いません。いずれかが「信頼されていない証明書」にある場合は何も変更しません。終了コードは、すべて登録済みなら 0、そうでなければ 10、確認できない場合は 12 です。
`;

const nextJapanese = `- \`next-signer.cer\` は次に使用する署名証明書です。切り替えの日に端末が止まらないよう、今のうちに同じ方法で配布してください。
`;
const previousJapanese = `- \`previous-signer.cer\` はこれまで使用していた署名証明書です。当時のスクリプトを使用している間は「信頼された発行元」に残してください。
`;
