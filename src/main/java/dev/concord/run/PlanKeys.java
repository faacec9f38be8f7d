package dev.concord.run;

import dev.concord.ledger.OldRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets of plans that are on this machine, whichever machine forgets the plans. */
final class PlanKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PlanKeys.class);

    private final Home home;
    private final OldRuns old;

    PlanKeys(Home home, OldRuns old) {
        this.home = home;
        this.old = old;
    }

    /** Removes those of plans that nobody can apply any more, because their entries are gone. */
    void removeThoseOfOldPlans() {
        Path folder = home.planKeys();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> plans =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            plans.stream()
                    .filter(plan -> !old.hasEntries(plan))
                    .forEach(plan -> SnapshotFolder.remove(home.planKey(plan)));
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("{} cannot be read; secrets of plans that are not needed any more stay there.", folder);
        }
    }
}
