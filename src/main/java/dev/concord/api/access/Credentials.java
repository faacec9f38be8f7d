package dev.concord.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.concord.access.Role;
import dev.concord.access.User;
import dev.concord.access.UserFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Finds out who somebody is by what they present. A password is slow to check, so that guessing is slow; what was right
 * is remembered for some minutes as a digest under a key of this process, so that clients that send it with each
 * request are not. After some wrong ones a name is closed for a minute. Safe for use by several threads.
 */
final class Credentials {

    /** Wrong passwords in a row before a name is closed. */
    static final int ATTEMPTS = 10;

    private static final String MAC = "HmacSHA256";

    private final UserFile users;
    private final FirstToken first;
    private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final String nobody = String.valueOf(passwords.encode("nobody"));
    private final SecretKeySpec key;
    private final Cache<String, Boolean> right = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();
    private final Cache<String, AtomicInteger> wrong = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Credentials(UserFile users, FirstToken first) {
        this.users = users;
        this.first = first;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
    }

    /** Who has this name and password. */
    Authentication user(String name, String password) throws AuthenticationException {
        Optional<User> user = users.find(name);
        String digest = digest(name, password, user.map(User::password).orElse(""));
        if (user.isPresent() && right.getIfPresent(digest) != null) {
            return authenticated(user.get());
        }
        AtomicInteger failures = wrong.get(name, unseen -> new AtomicInteger());
        if (failures.get() >= ATTEMPTS) {
            throw new LockedException("too many wrong passwords");
        }
        // Somebody who does not exist takes as long as somebody who does.
        boolean matches = passwords.matches(password, user.map(User::password).orElse(nobody));
        if (!matches || user.isEmpty()) {
            failures.incrementAndGet();
            throw new BadCredentialsException("no such name and password");
        }
        wrong.invalidate(name);
        right.put(digest, true);
        return authenticated(user.get());
    }

    private static Authentication authenticated(User user) {
        return UsernamePasswordAuthenticationToken.authenticated(
                user.name(),
                "",
                user.roles().stream()
                        .map(Caller::authority)
                        .map(SimpleGrantedAuthority::new)
                        .toList());
    }

    private String digest(String... parts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            for (String part : parts) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who has the token that was printed at the start; null when it is another token. */
    @Nullable
    Authentication first(String token) {
        return first.matches(token)
                ? UsernamePasswordAuthenticationToken.authenticated(
                        "first-token", "", List.of(new SimpleGrantedAuthority(Caller.authority(Role.ADMIN))))
                : null;
    }
}
