package dev.concord.oracle;

import dev.concord.ledger.Outcome;
import dev.concord.mapping.Action;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that are the same in every run: a target that a run made is called after the source record it was made for,
 * because its id differs from run to run; sources that have an equal claim to a target share a name.
 */
final class Naming {

    private final Map<String, String> claimants = new HashMap<>();
    private final Map<String, String> made = new HashMap<>();

    private Naming(Collection<Set<String>> claimants) {
        for (Set<String> equal : claimants) {
            String name = "one of " + equal.stream().sorted().toList();
            equal.forEach(source -> this.claimants.put(source, name));
        }
    }

    static Naming of(Collection<Set<String>> claimants, List<Account> accounts) {
        Naming naming = new Naming(claimants);
        for (Account account : accounts) {
            account.lines().forEach(line -> {
                if (line.entry().action() == Action.CREATE
                        && line.applies()
                        && line.entry().outcome() != Outcome.PLANNED) {
                    naming.make(
                            line.entry().targetId(),
                            line.entry().sourceId(),
                            line.entry().qualifier());
                }
            });
        }
        return naming;
    }

    /** For what the reference model made. */
    static Naming of(Collection<Set<String>> claimants) {
        return new Naming(claimants);
    }

    void make(@Nullable String target, @Nullable String source, @Nullable String qualifier) {
        if (target != null) {
            made.put(target, "new:" + source(source) + "/" + qualifier);
        }
    }

    @Nullable
    String source(@Nullable String id) {
        return id == null ? null : claimants.getOrDefault(id, id);
    }

    @Nullable
    String target(@Nullable String id) {
        return id == null ? null : made.getOrDefault(id, id);
    }

    List<String> targets(List<String> ids) {
        return ids.stream().map(id -> made.getOrDefault(id, id)).sorted().toList();
    }
}
