package dev.concord.mapping;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the texts of definitions come from: a {@code jobs/} folder, or the closure that a run has frozen. Paths are
 * relative to {@code jobs/}, with slashes; what lies outside it cannot be reached, not even through symbolic links.
 * Safe for use by several threads.
 */
public abstract sealed class Sources permits ChangedSources, FolderSources, FrozenSources, NotedSources {

    /** What reading a file gave. */
    sealed interface Content {
        record Text(String text) implements Content {}

        record Absent() implements Content {}

        /**
         * The file is there but is not read.
         *
         * @param line the line concerned, 0 when it is about the whole file
         */
        record Refused(String reason, int line) implements Content {}
    }

    /**
     * The definition files there are, sorted.
     *
     * @param problem why nothing could be listed; empty when all is well
     */
    record Listing(List<String> files, String problem) {}

    /**
     * A folder with mappings ({@code *.yaml}, {@code *.yml}, {@code *.json}) at its top and the folders
     * {@code systems}, {@code managed}, {@code keys}, {@code schedules}, {@code webhooks} and {@code scripts}. It is
     * read anew with each load. A folder that does not exist is a fault of the load.
     */
    public static Sources of(Path jobs) {
        return new FolderSources(jobs);
    }

    /**
     * Texts by path, as {@link Closure#texts} has them. Throws {@link IllegalArgumentException} naming the path when
     * one does not lie below {@code jobs/}.
     */
    public static Sources of(Map<String, String> texts) {
        return new FrozenSources(texts);
    }

    abstract Listing list();

    /** Reads a file, given a path from {@link SourcePath#normalize} or from {@link #list}. */
    abstract Content read(String path);

    /** What a property is in this installation, for the references of one definition file to it; null when unset. */
    abstract @Nullable String property(String file, String name);

    /** Whether a file that is only named, not read, is known to be missing. */
    abstract boolean isMissing(String path);
}
