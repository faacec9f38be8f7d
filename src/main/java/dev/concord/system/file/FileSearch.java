package dev.concord.system.file;

import dev.concord.filter.Comparand;
import dev.concord.filter.Equalities;
import dev.concord.filter.Equality;
import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers many filters in one go. Filters that need an equality ask the index of its attribute; all others share one
 * pass over the file. Changed objects are looked at once, whatever the number of filters.
 */
final class FileSearch {

    private final FileState state;
    private final List<Filter> filters;
    private final int most;
    private final List<List<Resource>> found = new ArrayList<>();
    private final List<Optional<List<Equality>>> needed;
    private final Map<Equality, List<Integer>> byEquality = new HashMap<>();
    private final Set<Comparand> comparands = new HashSet<>();
    private final Set<Integer> without = new LinkedHashSet<>();

    FileSearch(FileState state, List<Filter> filters, int limit) {
        this.state = state;
        this.filters = filters;
        this.most = limit + 1;
        this.needed = filters.stream().map(Equalities::of).toList();
        for (int i = 0; i < filters.size(); i++) {
            found.add(new ArrayList<>());
            if (needed.get(i).isEmpty()) {
                without.add(i);
            } else {
                for (Equality equality : needed.get(i).get()) {
                    comparands.add(equality.comparand());
                    byEquality
                            .computeIfAbsent(equality, any -> new ArrayList<>())
                            .add(i);
                }
            }
        }
    }

    List<List<Resource>> run() {
        BitSet changed = state.changed(this::offerToAll);
        for (int i = 0; i < filters.size(); i++) {
            if (needed.get(i).isPresent()) {
                offerCandidates(i, needed.get(i).get(), changed);
            }
        }
        pass(changed);
        return found;
    }

    private void offerToAll(Resource object) {
        without.forEach(i -> offer(i, object));
        Set<Integer> candidates = new HashSet<>();
        for (Comparand comparand : comparands) {
            for (Equality held : Equalities.heldBy(object.view(), comparand)) {
                candidates.addAll(byEquality.getOrDefault(held, List.of()));
            }
        }
        candidates.forEach(i -> offer(i, object));
    }

    private void offerCandidates(int filter, List<Equality> equalities, BitSet changed) {
        LongList candidates = new LongList();
        equalities.forEach(equality -> state.snapshot().forEachCandidate(equality, candidates::add));
        long last = -1;
        for (long candidate : candidates.sorted()) {
            if (isFull(filter)) {
                return;
            }
            if (candidate != last && !changed.get((int) candidate)) {
                SnapshotLine line = state.snapshot().object((int) candidate);
                if (line != null) {
                    offer(filter, line.resource());
                }
            }
            last = candidate;
        }
    }

    private void pass(BitSet changed) {
        without.removeIf(this::isFull);
        for (int ordinal = 0; ordinal < state.snapshot().size() && !without.isEmpty(); ordinal++) {
            SnapshotLine line = changed.get(ordinal) ? null : state.snapshot().object(ordinal);
            if (line != null) {
                Resource object = line.resource();
                without.forEach(i -> offer(i, object));
                without.removeIf(this::isFull);
            }
        }
    }

    private void offer(int filter, Resource object) {
        if (!isFull(filter) && filters.get(filter).matches(object.view())) {
            found.get(filter).add(object);
        }
    }

    private boolean isFull(int filter) {
        return found.get(filter).size() >= most;
    }
}
