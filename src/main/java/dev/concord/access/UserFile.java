package dev.concord.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/**
 * The users of a small installation, in {@code users.yaml} of the home. Read again when the file changes, so that users
 * come and go without a restart. Safe for use by several threads.
 */
public final class UserFile {

    /** In bytes of UTF-8: BCrypt knows nothing of what follows. */
    public static final int LONGEST_PASSWORD = 72;

    private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);

    private final Path file;
    private @Nullable FileTime readAt;
    private @Nullable Map<String, User> users;

    public UserFile(Path file) {
        this.file = file;
    }

    /** The user of this name. */
    public Optional<User> find(String name) {
        return Optional.ofNullable(users().get(name));
    }

    /**
     * All users by name; none when there is no file. A file that is broken while it is in use leaves the users as they
     * were.
     *
     * @throws UnusableUsers when the file was not usable from the beginning
     */
    public synchronized Map<String, User> users() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (users == null || !changed.equals(readAt)) {
                readAt = changed;
                users = UserDocument.read(file.getFileName().toString(), Files.readString(file));
            }
        } catch (NoSuchFileException absent) {
            users = Map.of();
            readAt = null;
        } catch (IOException e) {
            return kept(new UnusableUsers(file + " cannot be read: " + e.getMessage()));
        } catch (UnusableUsers broken) {
            return kept(broken);
        }
        return users;
    }

    private Map<String, User> kept(UnusableUsers trouble) {
        if (users == null) {
            throw trouble;
        }
        LOG.error("The users stay as they were: {}", trouble.getMessage());
        return users;
    }

    /** Whether a password is longer than what its hash would take note of. */
    public static boolean isTooLong(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD;
    }

    /**
     * Writes a user, new or changed. The file is replaced as a whole, so that nobody reads half of it, and only its
     * owner may read it.
     */
    public synchronized void put(String name, CharSequence password, Set<Role> roles) {
        String hash = PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(password);
        if (hash == null) {
            throw new IllegalArgumentException("A password is missing.");
        }
        Map<String, User> changed = new LinkedHashMap<>(users());
        changed.put(name, new User(name, hash, Set.copyOf(roles)));
        write(changed);
    }

    /** Takes a user out; answers whether there was one. */
    public synchronized boolean remove(String name) {
        Map<String, User> changed = new LinkedHashMap<>(users());
        boolean known = changed.remove(name) != null;
        if (known) {
            write(changed);
        }
        return known;
    }

    private void write(Map<String, User> changed) {
        try {
            Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "users", ".tmp");
            Files.writeString(temporary, UserDocument.write(changed.values()));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            readAt = null;
        } catch (IOException e) {
            throw new UnusableUsers(file + " cannot be written: " + e.getMessage());
        }
    }
}
