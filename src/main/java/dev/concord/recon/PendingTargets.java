package dev.concord.recon;

import dev.concord.correlation.Question;
import dev.concord.filter.Comparand;
import dev.concord.filter.Equalities;
import dev.concord.filter.Equality;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Targets as a page's earlier ops left them, not written yet: later ops of the page must find them, and must no longer
 * find what they were before. An index over what questions compare keeps a page of creations from looking at every
 * pair.
 */
final class PendingTargets {

    /** By id; absent values are deleted targets. */
    private final Map<String, Optional<Resource>> pending = new LinkedHashMap<>();

    private final Set<Comparand> indexed = new HashSet<>();
    private final Map<Equality, Set<String>> index = new HashMap<>();

    void put(String id, @Nullable Resource resource) {
        pending.put(id, Optional.ofNullable(resource));
        if (resource != null) {
            indexed.forEach(comparand -> index(id, resource, comparand));
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    boolean knows(String id) {
        return pending.containsKey(id);
    }

    /** The target as it is now, or null when it was deleted. */
    @Nullable
    Resource get(String id) {
        Optional<Resource> resource = pending.get(id);
        return resource == null ? null : resource.orElse(null);
    }

    /** The pending targets that a question admits. */
    List<Resource> admittedBy(Question question) {
        List<Resource> admitted = new ArrayList<>();
        for (String id : possible(question)) {
            Resource resource = get(id);
            if (resource != null && question.admits(resource)) {
                admitted.add(resource);
            }
        }
        return admitted;
    }

    private Collection<String> possible(Question question) {
        Optional<List<Equality>> equalities =
                question instanceof Question.Matching matching ? Equalities.of(matching.filter()) : Optional.empty();
        if (equalities.isEmpty()) {
            return pending.keySet();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Equality equality : equalities.get()) {
            if (indexed.add(equality.comparand())) {
                pending.forEach((id, resource) -> resource.ifPresent(r -> index(id, r, equality.comparand())));
            }
            ids.addAll(index.getOrDefault(equality, Set.of()));
        }
        return ids;
    }

    private void index(String id, Resource resource, Comparand comparand) {
        for (Equality equality : Equalities.heldBy(resource.view(), comparand)) {
            index.computeIfAbsent(equality, e -> new LinkedHashSet<>()).add(id);
        }
    }
}
