package dev.concord.api.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Finds out who somebody is by what they present. Safe for use by several threads. */
final class Credentials {

    private final AuthenticationManager passwords;
    private final FirstToken first;

    Credentials(AuthenticationManager passwords, FirstToken first) {
        this.passwords = passwords;
        this.first = first;
    }

    /** Who has this name and password. */
    Authentication user(String name, String password) throws AuthenticationException {
        return passwords.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
    }

    /** Who has the token that was printed at the start; null when it is another token. */
    @Nullable
    Authentication first(String token) {
        return first.matches(token)
                ? UsernamePasswordAuthenticationToken.authenticated(
                        "first-token", "", List.of(new SimpleGrantedAuthority(Role.ADMIN.authority())))
                : null;
    }
}
