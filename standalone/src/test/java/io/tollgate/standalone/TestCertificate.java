package io.tollgate.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that nobody but who is told trusts, for 127.0.0.1, with its key; made by the JDK's own keytool. */
record TestCertificate(Path folder) {
    static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    static TestCertificate make(Path folder) throws IOException, InterruptedException {
        TestCertificate made = new TestCertificate(Files.createDirectories(folder));
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + UUID.randomUUID(),
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        made.keyStore().toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        return made;
    }

    /** With the key. */
    Path keyStore() {
        return folder.resolve("server.p12");
    }

    /** The certificate, as PEM. */
    Path writeCertificate(Path file) throws IOException, GeneralSecurityException {
        return Files.writeString(
                file, pem("CERTIFICATE", load().getCertificate(ALIAS).getEncoded()));
    }

    /** The key, as PEM, for its owner only. */
    Path writeKey(Path file) throws IOException, GeneralSecurityException {
        byte[] key = load().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, pem("PRIVATE KEY", key));
    }

    /** For a server in this JVM. */
    SSLContext serverContext() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore load() throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(keyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
