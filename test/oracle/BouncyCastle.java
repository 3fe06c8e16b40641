import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;

/**
 * A second opinion on signed scripts: Bouncy Castle, the library that jsign reads them with. Says one fact a line.
 * Arguments: script, root of the signer (PEM), root of the timestamp service (PEM) or "-", moment in milliseconds since 1970.
 */
@SuppressWarnings("unchecked")
public class BouncyCastle {
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\r\\n# SIG # Begin signature block\\r\\n((?:# [A-Za-z0-9+/=]{1,64}\\r\\n)+)# SIG # End signature block\\r\\n\\z");
  private static final ASN1ObjectIdentifier SPC_INDIRECT_DATA = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.4");
  private static final ASN1ObjectIdentifier SPC_TIMESTAMP = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.3.3.1");

  public static void main(String[] args) throws Exception {
    String text = Files.readString(Path.of(args[0]), StandardCharsets.ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) throw new IllegalArgumentException("no signature block");
    String base64 = block.group(1).replace("# ", "").replace("\r\n", "");
    CMSSignedData cms = new CMSSignedData(Base64.getDecoder().decode(base64));
    say("content", SPC_INDIRECT_DATA.getId().equals(cms.getSignedContentTypeOID()));
    byte[] body = text.substring(0, block.start()).getBytes(StandardCharsets.UTF_16LE);
    say("digest", Arrays.equals(sha256(body), digestIn(cms)));
    Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
    say("one signer", signers.size() == 1);
    SignerInformation signer = signers.iterator().next();
    long moment = Long.parseLong(args[3]);
    Attribute stamp = signer.getUnsignedAttributes() == null ? null : signer.getUnsignedAttributes().get(SPC_TIMESTAMP);
    if (stamp != null) moment = checkTimestamp(stamp, signer.getSignature(), args[2]);
    X509CertificateHolder leaf = certificateOf(cms.getCertificates(), signer);
    say("signature", signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(leaf)));
    say("chain", leadsTo(leaf, cms.getCertificates(), args[1], moment));
  }

  private static void say(String what, boolean isRight) {
    System.out.println(what + ": " + (isRight ? "ok" : "WRONG"));
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] digestIn(CMSSignedData cms) {
    ASN1Sequence indirectData = ASN1Sequence.getInstance(cms.getSignedContent().getContent());
    ASN1Sequence digestInfo = ASN1Sequence.getInstance(indirectData.getObjectAt(1));
    return ASN1OctetString.getInstance(digestInfo.getObjectAt(1)).getOctets();
  }

  private static long checkTimestamp(Attribute attribute, byte[] signature, String root) throws Exception {
    TimeStampToken token = new TimeStampToken(ContentInfo.getInstance(attribute.getAttrValues().getObjectAt(0)));
    say("imprint", Arrays.equals(sha256(signature), token.getTimeStampInfo().getMessageImprintDigest()));
    X509CertificateHolder service =
        (X509CertificateHolder) token.getCertificates().getMatches(token.getSID()).iterator().next();
    // Throws when the token, its certificate or the usage of it is not right.
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(service));
    long time = token.getTimeStampInfo().getGenTime().getTime();
    say("timestamp", leadsTo(service, token.getCertificates(), root, time));
    return time;
  }

  private static X509CertificateHolder certificateOf(Store<X509CertificateHolder> store, SignerInformation signer) {
    return (X509CertificateHolder) store.getMatches(signer.getSID()).iterator().next();
  }

  private static boolean leadsTo(X509CertificateHolder leaf, Store<X509CertificateHolder> store, String root, long moment)
      throws Exception {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> all = new ArrayList<>();
    for (X509CertificateHolder holder : store.getMatches(null)) all.add(converter.getCertificate(holder));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(converter.getCertificate(leaf));
    try (FileInputStream input = new FileInputStream(root)) {
      X509Certificate anchor = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), target);
      parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(new Date(moment));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    }
  }
}
