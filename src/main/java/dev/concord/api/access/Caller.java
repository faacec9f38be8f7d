package dev.concord.api.access;

import dev.concord.access.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks, and what they may do.
 *
 * @param roles with those that come with others
 */
public record Caller(String name, Set<Role> roles) {

    /** The one of the request that the calling thread answers; nobody with no roles outside of requests. */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return new Caller("", Set.of());
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        authentication
                .getAuthorities()
                .forEach(authority -> Arrays.stream(Role.values())
                        .filter(role -> authority(role).equals(authority.getAuthority()))
                        .forEach(role -> roles.addAll(role.withIncluded())));
        return new Caller(authentication.getName(), roles);
    }

    /** What Spring Security calls a role. */
    static String authority(Role role) {
        return "ROLE_" + role.name();
    }

    public boolean may(Role role) {
        return roles.contains(role);
    }
}
