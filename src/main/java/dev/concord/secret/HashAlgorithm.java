package dev.concord.secret;

import java.nio.charset.StandardCharsets;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/** The ways in which attributes can be hashed: salted, and slow on purpose. */
public enum HashAlgorithm {
    /** Cost 10; a text of more than 72 bytes in UTF-8 is refused. */
    BCRYPT(new BCryptPasswordEncoder(), 72),
    /** HMAC with SHA-256, 310,000 rounds, 16 bytes of salt. */
    PBKDF2(Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8(), Integer.MAX_VALUE);

    @SuppressWarnings("ImmutableEnumChecker") // the encoders are safe for use by several threads
    private final PasswordEncoder encoder;

    private final int mostBytes;

    HashAlgorithm(PasswordEncoder encoder, int mostBytes) {
        this.encoder = encoder;
        this.mostBytes = mostBytes;
    }

    /** Whether all of a text would count, rather than only its beginning. */
    boolean takes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= mostBytes;
    }

    void check(String text) {
        if (!takes(text)) {
            throw new IllegalArgumentException("The text is too long: " + name() + " takes at most " + mostBytes
                    + " bytes in UTF-8; PBKDF2 takes any length.");
        }
    }

    PasswordEncoder encoder() {
        return encoder;
    }
}
