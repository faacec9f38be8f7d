package dev.concord.run;

import dev.concord.ledger.Run;
import dev.concord.mapping.Closure;
import dev.concord.mapping.ClosureChanges;
import dev.concord.mapping.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** @param frozen the definitions that the run froze: text by path */
    static DefinitionComparison of(Run run, Map<String, String> frozen, Definitions today) {
        if (today.mappings().containsKey(run.mapping())) {
            Closure closure = today.closureOf(run.mapping());
            return new DefinitionComparison(
                    run.closureHash(), closure.hash(), ClosureChanges.between(frozen, closure.texts()));
        }
        Map<String, String> texts = new TreeMap<>(today.texts());
        texts.keySet().retainAll(frozen.keySet());
        List<String> differences = new ArrayList<>(ClosureChanges.between(frozen, texts));
        differences.addFirst("the mapping " + run.mapping() + " is not there, or has errors");
        return new DefinitionComparison(run.closureHash(), null, differences);
    }

    public boolean same() {
        return frozenHash.equals(todaysHash);
    }
}
