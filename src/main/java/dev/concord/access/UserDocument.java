package dev.concord.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What stands in a file of users.
 *
 * <pre>{@code
 * users:
 *   anna: {password: "{bcrypt}$2a$10$...", roles: [operator, auditor]}
 * }</pre>
 */
final class UserDocument {

    private final String file;

    private UserDocument(String file) {
        this.file = file;
    }

    static Map<String, User> read(String file, String text) {
        return new UserDocument(file).users(text);
    }

    static String write(Collection<User> users) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (User user : users) {
            List<String> roles = user.roles().stream().sorted().map(Role::key).toList();
            named.put(user.name(), Map.of("password", user.password(), "roles", roles));
        }
        return "# Who may use the server, and for what; `concord user` writes it. Passwords are hashed.\n"
                + new Dump(DumpSettings.builder().build()).dumpToString(Map.of("users", named));
    }

    private Map<String, User> users(String text) {
        Object document;
        try {
            document = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            // The reader's own message repeats the line, and with it perhaps a password.
            throw new UnusableUsers(file + " is not YAML. It wants " + form());
        }
        if (!(document instanceof Map<?, ?> top) || !(top.get("users") instanceof Map<?, ?> named)) {
            throw new UnusableUsers(file + " wants " + form());
        }
        Map<String, User> users = new LinkedHashMap<>();
        named.forEach((name, user) -> users.put(String.valueOf(name), user(String.valueOf(name), user)));
        return users;
    }

    private static String form() {
        return "`users:` and below it a user a line: `anna: {password: \"{bcrypt}...\", roles: [operator]}`.";
    }

    private User user(String name, @Nullable Object definition) {
        if (!(definition instanceof Map<?, ?> user) || !(user.get("password") instanceof String password)) {
            throw new UnusableUsers("User " + name + " in " + file + " wants a password and roles.");
        }
        if (!password.matches("\\{[a-zA-Z0-9@.-]+}.+")) {
            throw new UnusableUsers("The password of user " + name + " in " + file
                    + " is not hashed. Let `concord user " + name + "` write it.");
        }
        if (!(user.get("roles") instanceof Collection<?> keys) || keys.isEmpty()) {
            throw new UnusableUsers("User " + name + " in " + file + " wants roles: " + Role.keys() + ".");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        keys.forEach(key -> roles.add(role(name, String.valueOf(key))));
        return new User(name, password, roles);
    }

    private Role role(String user, String key) {
        return Arrays.stream(Role.values())
                .filter(role -> role.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new UnusableUsers(
                        "User " + user + " in " + file + " has the role " + key + "; there are: " + Role.keys() + "."));
    }
}
