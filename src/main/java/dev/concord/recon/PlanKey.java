package dev.concord.recon;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.secret.Crypto;
import dev.concord.secret.Keys;
import dev.concord.secret.PrivateFolder;
import dev.concord.secret.Secret;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * With what the values that a plan withholds are digested: the key of the installation, or, where it has none, a random
 * secret of this plan alone. That one is in a file beside the database, for its owner only, and never in the database:
 * whoever reads the ledger cannot try out values. It is made when the first such value is met. On a node that has no
 * such file nothing can be compared, and applying refuses the records. Safe for use by several threads.
 */
final class PlanKey {

    private static final int SECRET_BYTES = 32;

    private final Crypto installation;
    private final @Nullable Path file;
    private final boolean making;
    private @Nullable Crypto crypto;

    /** @param file where the secret of the plan is, if it has one; null where none can be kept */
    PlanKey(Crypto installation, @Nullable Path file, boolean making) {
        this.installation = installation;
        this.file = file;
        this.making = making;
    }

    /** @param snapshots the folder in which the run keeps what it must find again */
    static PlanKey of(Run run, Crypto installation, Path snapshots) {
        Path folder = snapshots.getParent();
        String plan =
                run.kind() == RunKind.APPLY ? String.valueOf(run.parameters().get(OtherRun.PLAN)) : run.id();
        return new PlanKey(
                installation,
                folder == null ? null : folder.resolveSibling("plan-keys").resolve(plan),
                run.kind() != RunKind.APPLY);
    }

    /** Null when no digests can be made. */
    synchronized @Nullable Crypto crypto() {
        if (crypto == null) {
            crypto = found();
        }
        return crypto;
    }

    private @Nullable Crypto found() {
        if (file != null && Files.exists(file)) {
            return read(file);
        }
        if (installation.makesDigests()) {
            return installation;
        }
        return file == null || !making ? null : made(file);
    }

    private static Crypto made(Path file) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            Path folder = file.getParent();
            if (folder != null) {
                PrivateFolder.make(folder);
            }
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] ownerOnly = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            try (var channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
                channel.write(
                        StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(secret)));
            }
            return read(file);
        } catch (IOException e) {
            throw unusable(file);
        }
    }

    private static Crypto read(Path file) {
        try {
            return new Crypto(new Keys(Map.of(Keys.USUAL, Secret.of(Files.readString(file)))));
        } catch (IOException e) {
            throw unusable(file);
        }
    }

    private static SystemUnavailable unusable(Path file) {
        return new SystemUnavailable(
                "The secret of the plan in " + file + " cannot be read or written. Concord needs to own the folder.",
                null);
    }
}
