package dev.concord.run;

import dev.concord.ledger.OldRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of files that runs have made on this machine, whichever machine ends or forgets the runs. */
final class SnapshotFolders {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolders.class);

    /** Whoever works with another database for once finds what runs of this one need. */
    private static final Duration GRACE = Duration.ofDays(1);

    private final Home home;
    private final OldRuns old;
    private final Clock clock;

    SnapshotFolders(Home home, OldRuns old, Clock clock) {
        this.home = home;
        this.old = old;
        this.clock = clock;
    }

    /** Removes those of runs that nobody can continue any more, a day after they were made. */
    void removeThoseOfEndedRuns() {
        Path folder = home.snapshots();
        if (!Files.isDirectory(folder)) {
            return;
        }
        Instant youngest = clock.instant().minus(GRACE);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> copies = files.toList();
            for (Path copy : copies) {
                if (Files.getLastModifiedTime(copy).toInstant().isBefore(youngest)
                        && !old.mayGoOn(String.valueOf(copy.getFileName()))) {
                    SnapshotFolder.remove(copy);
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("{} cannot be read; copies of files that are not needed any more stay there.", folder);
        }
    }
}
