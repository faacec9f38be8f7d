package dev.concord.api.access;

import dev.concord.access.UserFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How the first user gets in: a token of this process alone, printed at its start, and good only until there is a user.
 * There is no default password. Safe for use by several threads.
 */
public final class FirstToken {

    private static final int BYTES = 24;

    private final UserFile users;
    private final @Nullable String token;

    /** @param wanted whether there is no other way to get in */
    FirstToken(UserFile users, boolean wanted) {
        this.users = users;
        this.token = wanted ? random() : null;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** To be shown to whoever started the server; null when users or an identity provider are configured. */
    public @Nullable String token() {
        return token;
    }

    boolean matches(String presented) {
        return token != null
                && users.users().isEmpty()
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
