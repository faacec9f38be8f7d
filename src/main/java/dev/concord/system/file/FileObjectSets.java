package dev.concord.system.file;

import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.FileObjects;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens object sets in CSV and JSON lines files. Safe for use by several threads.
 *
 * <p>Needs the tables {@code pending_file_change} and {@code pending_file} in the platform database.
 */
public final class FileObjectSets {

    private static final Duration OLD = Duration.ofDays(1);

    private final Path jobsFolder;
    private final Path copies;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    /**
     * @param jobsFolder the folder of the definitions; files are named relative to its folder {@code systems}
     * @param dataFolder where copies of files are made while they are read outside of runs
     * @param platform the platform database, which keeps the changes until they are published
     */
    public FileObjectSets(Path jobsFolder, Path dataFolder, DataSource platform) {
        this.jobsFolder = jobsFolder;
        this.copies = dataFolder.resolve("file-copies");
        this.jdbc = new JdbcTemplate(platform);
        this.transactions = Transactions.of(platform);
        removeLeftovers();
    }

    /**
     * The set {@code system/<system>/<type>}. Nothing is read yet. Throws {@link IllegalArgumentException} when the
     * system has no such type, or its charset cannot be used. Keep the set: it remembers the file's snapshot.
     */
    public ObjectSet open(SystemDefinition.Files system, String type) {
        FileObjects objects = system.objects().get(type);
        if (objects == null) {
            throw new UnusableObjectSet("System " + system.name() + " has no objects of type '" + type + "'. It has "
                    + String.join(", ", system.objects().keySet()) + ".");
        }
        String set = path(system, type);
        Path path = jobsFolder.resolve("systems").resolve(objects.file()).normalize();
        ObjectFile file = new ObjectFile(set, path, format(set, system.format(), objects));
        return new FileObjectSet(
                file, new PendingChanges(jdbc, set), new LiveSnapshot(file, copies), transactions, false, null);
    }

    /**
     * What is known of the snapshot of a set that {@link ObjectSet#snapshotIn} made in a folder; empty when there is
     * none. A run that is continued must find the one it began with.
     */
    public static Optional<SnapshotFacts> snapshotIn(Path folder, SystemDefinition.Files system, String type) {
        return Snapshot.factsIn(folder, ObjectFile.snapshotName(path(system, type)));
    }

    private static String path(SystemDefinition.Files system, String type) {
        return "system/" + system.name() + "/" + type;
    }

    private static RecordFormat format(String set, SystemDefinition.Format format, FileObjects objects) {
        Charset charset;
        try {
            charset = Charset.forName(objects.charset());
        } catch (IllegalArgumentException e) {
            throw new UnusableObjectSet(
                    set + ": there is no charset '" + objects.charset()
                            + "'. Use UTF-8, ISO-8859-1, windows-1252 or another one" + " that Java knows.",
                    e);
        }
        return switch (format) {
            case CSV -> new CsvFormat(set, objects.id(), objects.delimiter(), charset, objects.attributes());
            case JSON -> new JsonFormat(set, objects.id(), charset, objects.attributes());
        };
    }

    /** Copies go as soon as they are opened; one that is old belongs to a process that was killed while it made it. */
    private void removeLeftovers() {
        if (!Files.isDirectory(copies)) {
            return;
        }
        Instant limit = Instant.now().minus(OLD);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(copies)) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                    LiveSnapshot.remove(folder);
                }
            }
        } catch (IOException e) {
            throw new SystemUnavailable("The folder " + copies + " cannot be used: " + e.getMessage(), e);
        }
    }
}
