package dev.concord.api.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens of an identity provider list roles.
 *
 * @param path the name of a claim, or with full stops the way through objects, such as {@code realm_access.roles}. A
 *     name that has full stops itself is found as well, and before a way
 */
record RolesClaim(String path) {

    /** The roles, from a list of texts or from one text with blanks or commas between them; empty without the claim. */
    List<String> in(Map<String, ? extends @Nullable Object> claims) {
        Object claim = find(claims, path);
        Stream<?> written = claim instanceof Collection<?> several ? several.stream() : Stream.ofNullable(claim);
        return written.filter(String.class::isInstance)
                .flatMap(text -> Arrays.stream(String.valueOf(text).split("[\\s,]+")))
                .filter(role -> !role.isEmpty())
                .toList();
    }

    private static @Nullable Object find(Map<?, ?> object, String path) {
        Object whole = object.get(path);
        if (whole != null) {
            return whole;
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            Object inside = object.get(path.substring(0, dot));
            Object found = inside instanceof Map<?, ?> map ? find(map, path.substring(dot + 1)) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
