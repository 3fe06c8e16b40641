import { guidePage } from './guide.ts';
import type { MessageCatalog } from './messages.ts';
import { reviewText } from './review.ts';
import {
  languages,
  type BundleFile,
  type ResolvedPack,
  type SignatureFacts,
  type VerifiedScript,
} from './script-plan.ts';
import { targetPage } from './target-page.ts';
import { targetFor } from './targets/for-pack.ts';
import type { Target } from './targets/target.ts';
import { trustFiles, type TrustCertificates } from './trust-kit.ts';

export interface BundleContent {
  readonly pack: ResolvedPack;
  readonly targets: readonly Target[];
  readonly scripts: readonly VerifiedScript[];
  readonly messages: MessageCatalog;
  /** Function name -> what it does, of every function that a script can hold. */
  readonly functions: ReadonlyMap<string, { readonly synopsis: string }>;
  readonly certificates: SigningCertificates;
  readonly toolVersion: string;
}

/** Who signed a bundle; everything empty when the user asked for unsigned scripts. */
export interface SigningCertificates extends TrustCertificates {
  readonly signer: SignatureFacts | null;
}

/** Everything of a bundle but its scripts: guides, review, trust kit, companions. Pure. */
export function bundleFiles(content: BundleContent): BundleFile[] {
  const { pack, scripts, messages } = content;
  const targets = content.targets.map((target) => targetFor(target, pack.pack));
  const id = pack.pack.id;
  const guides = languages.map((language) => ({
    path: `${id}/guide.${language}.html`,
    content: Buffer.from(guidePage(pack, targets, language, messages.guide[language]), 'utf8'),
  }));
  const companions = targets.flatMap((target) => [
    ...deployPages(pack, target),
    ...target.companions(
      pack,
      scripts.filter(({ plan }) => plan.target === target.id),
    ),
  ]);
  const review = { path: `${id}/review.md`, content: Buffer.from(reviewText(content), 'utf8') };
  const hasScript = scripts.some(({ plan }) => plan.script === 'install-trust');
  return [...guides, ...companions, review, ...trustFiles(id, { ...content.certificates, hasScript })];
}

/** `deploy.en.md`, `deploy.ja.md`: what an admin follows to put the scripts of one target to work. */
function deployPages({ pack }: ResolvedPack, target: Target): BundleFile[] {
  return languages.map((language) => {
    const title = pack.title[language].replaceAll(/\s+/g, ' ');
    const page = targetPage(target, language, `${title} (${pack.id} ${pack.version})`);
    return { path: `${pack.id}/${target.id}/deploy.${language}.md`, content: Buffer.from(page, 'utf8') };
  });
}
