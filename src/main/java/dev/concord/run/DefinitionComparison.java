package dev.concord.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition that a run was started with beside the one that the files hold now.
 *
 * @param frozenHash of the closure that the run keeps, in hexadecimal
 * @param todaysHash null when the mapping cannot be run as the files are now
 * @param differences one line each, without values; empty when both are the same
 */
public record DefinitionComparison(
        String frozenHash, @Nullable String todaysHash, List<String> differences) {

    public boolean same() {
        return frozenHash.equals(todaysHash);
    }
}
