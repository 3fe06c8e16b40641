import { createHash, X509Certificate } from 'node:crypto';
import type { BundleFile, SignatureFacts } from './script-plan.ts';

export interface TrustInput {
  readonly signer: SignatureFacts | null;
  /** DER, leaf first. */
  readonly chain: readonly Buffer[];
  readonly roots: readonly Buffer[];
}

const policyPath = './Device/Vendor/MSFT/RootCATrustedCertificates';

/** What an admin needs so that machines trust the signer: folder `trust/` of a bundle. Empty for unsigned scripts. Pure. */
export function trustFiles(packId: string, { signer, chain, roots }: TrustInput): BundleFile[] {
  const leaf = chain[0];
  if (signer === null || leaf === undefined) return [];
  const root = roots[0] ?? leaf;
  const file = (name: string, content: string | Buffer): BundleFile => ({
    path: `${packId}/trust/${name}`,
    content: Buffer.from(content),
  });
  const intermediates = chain.slice(1).filter((der) => !roots.some((trusted) => trusted.equals(der)));
  return [
    file('signer.cer', leaf),
    file('root.cer', root),
    ...intermediates.map((der, index) => file(`intermediate-${index + 1}.cer`, der)),
    file('thumbprints.txt', thumbprints([leaf, ...intermediates, root])),
    file('oma-uri.txt', omaUris(leaf, root)),
    file('trust.en.md', english(signer, isPrivateRoot(root))),
    file('trust.ja.md', japanese(signer, isPrivateRoot(root))),
  ];
}

// A root that psmint made: nobody vouches for it but the person who ran the build.
function isPrivateRoot(root: Buffer): boolean {
  return new X509Certificate(root).subject.startsWith('CN=psmint root ');
}

function thumbprint(der: Buffer, hash: 'sha1' | 'sha256'): string {
  return createHash(hash).update(der).digest('hex').toUpperCase();
}

function thumbprints(certificates: readonly Buffer[]): string {
  return certificates
    .map((der) => {
      const x509 = new X509Certificate(der);
      const end = new Date(x509.validTo).toISOString().slice(0, 10);
      return `${x509.subject.split('\n').join(', ')}\n  SHA-1    ${thumbprint(der, 'sha1')}\n  SHA-256  ${thumbprint(der, 'sha256')}\n  valid to ${end}\n`;
    })
    .join('\n');
}

// [MS-MDE2] 2.2.9.4: RootCATrustedCertificates, value EncodedCertificate, base64 DER as a string.
function omaUris(leaf: Buffer, root: Buffer): string {
  const entry = (store: string, der: Buffer): string =>
    `OMA-URI:   ${policyPath}/${store}/${thumbprint(der, 'sha1')}/EncodedCertificate\nData type: String\nValue:     ${der.toString('base64')}\n`;
  return `${entry('TrustedPublisher', leaf)}\n${entry('Root', root)}`;
}

function english(signer: SignatureFacts, isPrivate: boolean): string {
  return `# Trust the signer of these scripts

Machines with the policy AllSigned, RemoteSigned or App Control run the scripts without a question only when they trust
\`signer.cer\` as a publisher and \`root.cer\` as a root. Compare the thumbprints with \`thumbprints.txt\` from a second source first.
${isPrivate ? '\n**`root.cer` is a private root that psmint made on the computer of whoever built this bundle.** A machine that trusts it\ntrusts everything that is signed under it. Keep the folder of the identity safe, and trust the root only on machines that\nneed it; for a whole organisation sign with your own PKI (`--signer pem:` or `pfx:`).\n' : ''}
| way | what to do |
| --- | --- |
| Group Policy | Computer Configuration > Policies > Windows Settings > Security Settings > Public Key Policies: import \`root.cer\` into Trusted Root Certification Authorities and \`signer.cer\` into Trusted Publishers |
| Intune | \`root.cer\`: trusted certificate profile, store Computer - Root. \`signer.cer\`: custom profile with the first entry of \`oma-uri.txt\` (trusted certificate profiles do not reach Trusted Publishers) |
| ConfigMgr | the same certificates by Group Policy; the client setting PowerShell execution policy can then stay at All Signed |
| By hand | certlm.msc as administrator: import the same two files into the same two stores |
| App Control | add a signer rule for \`signer.cer\`; its root must be in the trusted root store too |

Check on a machine: \`Get-AuthenticodeSignature .\\check.ps1\` says Valid, and SignerCertificate.Thumbprint is ${signer.signerSha1}.

- Never edit the scripts, never paste them, never let git convert line ends (\`.gitattributes\`: \`*.ps1 -text\`): the signature breaks.
- The certificate is valid to ${signer.signerNotAfter.slice(0, 10)}. ${signer.timestamp === null ? 'The scripts have no timestamp, so their signatures end with it: build again before that day.' : 'The scripts are timestamped, so their signatures stay good after it.'} Distribute a renewed \`signer.cer\` before you use it.
`;
}

function japanese(signer: SignatureFacts, isPrivate: boolean): string {
  return `# スクリプトの署名者を信頼する

実行ポリシーが AllSigned / RemoteSigned の端末や App Control を使用している端末では、\`signer.cer\` を「信頼された発行元」、
\`root.cer\` を「信頼されたルート証明機関」に登録すると、確認なしでスクリプトを実行できます。登録の前に、\`thumbprints.txt\` の拇印を別の経路で入手した値と照合してください。
${isPrivate ? '\n**`root.cer` は、このファイル一式を作成したコンピューターで psmint が生成したプライベート ルート証明書です。** 登録した端末は、このルートで署名されたものをすべて信頼します。ID のフォルダーを厳重に管理し、必要な端末にのみ登録してください。組織全体で利用する場合は、自組織の PKI で署名してください (`--signer pem:` または `pfx:`)。\n' : ''}
| 方法 | 手順 |
| --- | --- |
| グループ ポリシー | コンピューターの構成 > ポリシー > Windows の設定 > セキュリティの設定 > 公開キーのポリシーで、\`root.cer\` を「信頼されたルート証明機関」、\`signer.cer\` を「信頼された発行元」にインポートします |
| Intune | \`root.cer\` は「信頼された証明書」プロファイル (コンピューターの証明書ストア - ルート)。\`signer.cer\` は \`oma-uri.txt\` の最初の項目をカスタム プロファイルに設定します (「信頼された証明書」プロファイルでは「信頼された発行元」に配布できません) |
| ConfigMgr | 証明書はグループ ポリシーで配布します。クライアント設定の PowerShell 実行ポリシーは「すべて署名済み」のままで構いません |
| 手動 | 管理者として certlm.msc を起動し、2 つのファイルを同じストアにインポートします |
| App Control | \`signer.cer\` の署名者ルールを追加します。ルート証明書も「信頼されたルート証明機関」に必要です |

端末での確認: \`Get-AuthenticodeSignature .\\check.ps1\` の結果が Valid で、SignerCertificate.Thumbprint が ${signer.signerSha1} であること。

- スクリプトの編集、貼り付け、git による改行変換 (\`.gitattributes\` に \`*.ps1 -text\` を設定) は行わないでください。署名が無効になります。
- 証明書の有効期限は ${signer.signerNotAfter.slice(0, 10)} です。${signer.timestamp === null ? 'タイムスタンプがないため、署名も同日に無効になります。それまでに再作成してください。' : 'タイムスタンプがあるため、期限後も署名は有効です。'}更新した \`signer.cer\` は、使用する前に配布してください。
`;
}
