package dev.concord.api.access;

import dev.concord.record.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The users of a small installation, in {@code users.yaml} of the home. Read again when the file changes, so that users
 * come and go without a restart. Safe for use by several threads.
 *
 * <pre>{@code
 * users:
 *   anna: {password: "{bcrypt}$2a$10$...", roles: [operator, auditor]}
 * }</pre>
 */
public final class UserFile {

    private final Path file;
    private @Nullable FileTime readAt;
    private Map<String, User> users = Map.of();

    public UserFile(Path file) {
        this.file = file;
    }

    /**
     * A user.
     *
     * @param password hashed, with the name of the method in front
     */
    public record User(String name, String password, Set<Role> roles) {

        @Override
        public String toString() {
            return "User " + name + " " + roles;
        }
    }

    /** The user of this name. */
    public Optional<User> find(String name) {
        return Optional.ofNullable(users().get(name));
    }

    /**
     * All users by name; none when there is no file.
     *
     * @throws IllegalStateException saying what is wrong with the file
     */
    public synchronized Map<String, User> users() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(readAt)) {
                users = read();
                readAt = changed;
            }
        } catch (NoSuchFileException absent) {
            users = Map.of();
            readAt = null;
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
        return users;
    }

    private Map<String, User> read() throws IOException {
        Object document;
        try {
            document = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
        } catch (YamlEngineException e) {
            throw new IllegalStateException(file + " is not YAML: " + e.getMessage(), e);
        }
        if (!(document instanceof Map<?, ?> top) || !(top.get("users") instanceof Map<?, ?> named)) {
            throw new IllegalStateException(file + " wants `users:` with a user a line, such as"
                    + " `anna: {password: \"{bcrypt}...\", roles: [operator]}`.");
        }
        Map<String, User> read = new LinkedHashMap<>();
        named.forEach((name, user) -> read.put(String.valueOf(name), user(String.valueOf(name), user)));
        return read;
    }

    private User user(String name, @Nullable Object definition) {
        if (!(definition instanceof Map<?, ?> user) || !(user.get("password") instanceof String password)) {
            throw new IllegalStateException("User " + name + " in " + file + " wants a password and roles.");
        }
        if (!password.matches("\\{[a-zA-Z0-9@.-]+}.+")) {
            throw new IllegalStateException("The password of user " + name + " in " + file
                    + " is not hashed. `./concord user " + name + "` asks for one and writes it.");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (user.get("roles") instanceof Iterable<?> listed) {
            listed.forEach(role -> roles.add(role(name, String.valueOf(role))));
        }
        return new User(name, password, roles);
    }

    private Role role(String user, String key) {
        return Arrays.stream(Role.values())
                .filter(role -> role.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("User " + user + " in " + file + " has the role "
                        + Json.write(key) + "; there are: viewer, auditor, operator, approver, admin."));
    }
}
