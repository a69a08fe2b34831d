package tscollector.kit.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tscollector.component.StartException;

/**
 * Certificates and private keys in PEM text (RFC 7468). Keys: PKCS#8 ({@code PRIVATE KEY}), PKCS#1 ({@code RSA PRIVATE KEY}) and
 * SEC 1 ({@code EC PRIVATE KEY}); the JDK reads only the first, so the others are put into its wrapping. Messages name the
 * setting and never quote the text.
 */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    /** Field 0 of SEC 1's ECPrivateKey: the curve. */
    private static final int CURVE = 0xa0;

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    // rsaEncryption 1.2.840.113549.1.1.1 with NULL parameters (RFC 8017 A.1)
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    // id-ecPublicKey 1.2.840.10045.2.1 (RFC 5480 2.1.1)
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pem() {}

    /** All certificates in the text, in its order; at least one. */
    static List<X509Certificate> certificates(String setting, String text) throws StartException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                if (block.group(1).endsWith("CERTIFICATE")) {
                    byte[] der = decode(setting, block.group(2));
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new StartException(setting + " holds a certificate that cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new StartException(setting + " holds no certificate in PEM form");
        }
        return found;
    }

    /** The first private key in the text. */
    static PrivateKey privateKey(String setting, String text) throws StartException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String kind = block.group(1);
            if (!kind.endsWith("PRIVATE KEY")) {
                continue;
            }
            if (kind.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
                throw new StartException(
                        setting + " holds an encrypted key; decrypt it, for instance with openssl pkey");
            }
            byte[] der = decode(setting, block.group(2));
            return switch (kind) {
                case "PRIVATE KEY" -> key(setting, der, "RSA", "EC", "EdDSA");
                case "RSA PRIVATE KEY" -> key(setting, wrap(RSA, der), "RSA");
                case "EC PRIVATE KEY" -> key(setting, wrap(der(SEQUENCE, EC, curveOf(setting, der)), der), "EC");
                default -> throw new StartException(setting + " holds a key of a kind that is not supported: " + kind);
            };
        }
        throw new StartException(setting + " holds no private key in PEM form");
    }

    private static byte[] decode(String setting, String base64) throws StartException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new StartException(setting + " is damaged: what stands between BEGIN and END is not base64", e);
        }
    }

    private static PrivateKey key(String setting, byte[] pkcs8, String... algorithms) throws StartException {
        for (String algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // Of another algorithm, or damaged: the next one tells.
            } catch (GeneralSecurityException e) {
                throw new StartException("this Java runtime knows no " + algorithm + " keys", e);
            }
        }
        throw new StartException(setting + " holds a private key that cannot be read");
    }

    /** PKCS#8 (RFC 5208 5): version, algorithm, and the key as its own standard has it. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTETS, key));
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        all.write(tag);
        if (length < 0x80) {
            all.write(length);
        } else if (length < 0x100) {
            all.write(0x81);
            all.write(length);
        } else {
            all.write(0x82);
            all.write(length >> 8);
            all.write(length);
        }
        for (byte[] content : contents) {
            all.writeBytes(content);
        }
        return all.toByteArray();
    }

    /** SEC 1 C.4: SEQUENCE { version, OCTET STRING, [0] curve OPTIONAL, [1] ... }. */
    private static byte[] curveOf(String setting, byte[] sec1) throws StartException {
        int end = sec1.length;
        for (int at = contentOf(sec1, 0); at + 2 <= end; ) {
            int content = contentOf(sec1, at);
            int next = content + lengthAt(sec1, at);
            if (next > end || next <= at) {
                break;
            }
            if ((sec1[at] & 0xff) == CURVE) {
                return Arrays.copyOfRange(sec1, content, next);
            }
            at = next;
        }
        throw new StartException(setting + " holds an EC key that does not name its curve; convert it to PKCS#8");
    }

    private static int contentOf(byte[] der, int at) {
        boolean isLong = at + 1 < der.length && (der[at + 1] & 0x80) != 0;
        return at + 2 + (isLong ? der[at + 1] & 0x7f : 0);
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int index = at + 2; index < Math.min(contentOf(der, at), der.length); index++) {
            length = length << 8 | (der[index] & 0xff);
        }
        return length;
    }
}
