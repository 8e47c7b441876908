package io.tollgate.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** The text of a certificate and of its private key, as it was read at one moment. */
record PemPair(String certificate, String privateKey) {

    static PemPair read(Path certificate, Path privateKey) throws IOException {
        return new PemPair(Files.readString(certificate), Files.readString(privateKey));
    }

    /**
     * Ready to serve.
     *
     * @throws IllegalArgumentException where one can't be read, or the key is not the certificate's
     */
    SslBundle bundle() {
        PemSslStore store = load();
        List<X509Certificate> certificates = store == null ? null : store.certificates();
        PrivateKey key = store == null ? null : store.privateKey();
        if (store == null || certificates == null || certificates.isEmpty() || key == null) {
            throw new IllegalArgumentException("there is no certificate, or no private key, in the files");
        }
        if (!belongs(key, certificates.get(0).getPublicKey())) {
            throw new IllegalArgumentException("the private key is not that of the certificate");
        }
        SslBundle bundle = SslBundle.of(new PemSslStoreBundle(store, null));
        bundle.createSslContext();
        return bundle;
    }

    private @Nullable PemSslStore load() {
        // Boot takes what is no PEM for the name of a file, and would say that there is no file of that name.
        require(certificate, "CERTIFICATE-----", "the certificate's file holds no PEM certificate");
        require(privateKey, "PRIVATE KEY-----", "the private key's file holds no PEM private key");
        try {
            return PemSslStore.load(
                    PemSslStoreDetails.forCertificate(certificate).withPrivateKey(privateKey));
        } catch (RuntimeException e) {
            // Not the cause's own words: they could quote the key.
            throw new IllegalArgumentException("the files hold what is no certificate and private key (PKCS#8)", e);
        }
    }

    private static void require(String pem, String mark, String otherwise) {
        if (!pem.contains(mark)) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What the key signs, the certificate must verify. */
    private static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        byte[] message = "tollgate".getBytes(StandardCharsets.UTF_8);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(message);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certified);
            verifying.update(message);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "PemPair[]";
    }
}
