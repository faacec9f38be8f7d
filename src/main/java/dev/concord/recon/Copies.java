package dev.concord.recon;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.SystemDefinition;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * The copies of files that a run begins with. Files are copied once and then read from the copy: positions in the
 * ledger mean places of that copy and of no other.
 *
 * @param folder of the run
 */
record Copies(Path folder) {

    /** @param again whether the run has begun to read already, so that the copy must be there */
    ObjectSet source(ObjectSet set, boolean again) {
        return frozen(set, sources(), again);
    }

    /** @param again whether the run has begun to read already, so that the copy must be there */
    ObjectSet target(ObjectSet set, boolean again) {
        return frozen(set, targets(), again);
    }

    private static ObjectSet frozen(ObjectSet set, Path folder, boolean again) {
        if (again && !set.hasSnapshotIn(folder)) {
            throw new SystemUnavailable(
                    "The copy of " + set.name() + " that the run began with is not in " + folder
                            + ". Continue the run where it is, or start a new one.",
                    null);
        }
        return set.snapshotIn(folder);
    }

    /** Nothing was read from that copy yet; a run that found too little may find more now. */
    void discardSource() {
        try {
            FileSystemUtils.deleteRecursively(sources());
        } catch (IOException e) {
            throw new SystemUnavailable("The copy of the source in " + sources() + " cannot be made anew.", e);
        }
    }

    /** The object set whose copy a run that has begun to read misses here. Only sets of files are opened. */
    Optional<String> missing(Run run, Definitions definitions, Mapping mapping, ObjectSets sets) {
        if (run.kind() != RunKind.UNDO && isMissing(mapping.source(), sources(), definitions, sets)) {
            return Optional.of(mapping.source());
        }
        return isMissing(mapping.target(), targets(), definitions, sets)
                ? Optional.of(mapping.target())
                : Optional.empty();
    }

    private static boolean isMissing(String objectSet, Path folder, Definitions definitions, ObjectSets sets) {
        String[] names = objectSet.split("/", -1);
        boolean file = names.length == 3 && definitions.systems().get(names[1]) instanceof SystemDefinition.Files;
        return file && !sets.open(objectSet).hasSnapshotIn(folder);
    }

    private Path sources() {
        return folder.resolve("source");
    }

    private Path targets() {
        return folder.resolve("target");
    }
}
