package dev.concord.api.access;

import dev.concord.access.Role;
import dev.concord.audit.Actor;
import dev.concord.audit.Actor.Door;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

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

    /** The same as somebody whose deeds are written down: with where the request comes from, and what it is called. */
    public static Actor actor() {
        Caller caller = current();
        String roles = Arrays.stream(Role.values())
                .filter(caller::mayNotByAnother)
                .map(Role::key)
                .collect(Collectors.joining(","));
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
            return new Actor(
                    Door.REST,
                    caller.name,
                    request.getRequest().getRemoteAddr(),
                    roles,
                    RequestIds.of(request.getRequest()));
        }
        throw new IllegalStateException("Only the thread that answers a request knows who asks.");
    }

    /** Whether it is a role that does not come with another one of theirs. */
    private boolean mayNotByAnother(Role role) {
        return roles.contains(role)
                && roles.stream()
                        .noneMatch(
                                other -> other != role && other.withIncluded().contains(role));
    }

    /** What Spring Security calls a role. */
    static String authority(Role role) {
        return "ROLE_" + role.name();
    }

    public boolean may(Role role) {
        return roles.contains(role);
    }
}
