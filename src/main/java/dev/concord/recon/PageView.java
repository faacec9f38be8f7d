package dev.concord.recon;

import dev.concord.correlation.Question;
import dev.concord.link.Link;
import dev.concord.link.LinkType;
import dev.concord.link.Links;
import dev.concord.record.CompareKey;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Targets and links as a page sees them: as they were read for the page in a few round trips, and over that what the page's ops decided
 * so far. Belongs to one thread and one attempt at a page.
 */
final class PageView {

    private final ObjectSet target;
    private final Links links;
    private final LinkType type;

    private final Map<CompareKey, Resource> targets = new HashMap<>();
    private final Set<CompareKey> targetsRead = new HashSet<>();
    private final Map<CompareKey, Map<String, Link>> bySource = new HashMap<>();
    private final Map<CompareKey, Map<String, Link>> byTarget = new HashMap<>();

    private final PendingTargets pending = new PendingTargets();
    private final Map<CompareKey, Write> writes = new LinkedHashMap<>();
    private final Map<CompareKey, Resource> originals = new HashMap<>();
    private final List<Link> created = new ArrayList<>();
    private final List<Link> removed = new ArrayList<>();
    private final Map<Link, Link> repointed = new LinkedHashMap<>();

    PageView(ObjectSet target, Links links) {
        this.target = target;
        this.links = links;
        this.type = links.type();
    }

    // What is read

    void readLinksOfSources(Collection<String> sourceIds) {
        List<CompareKey> keys = sourceIds.stream().map(type::sourceKey).toList();
        Map<CompareKey, List<Link>> found = links.ofSources(keys);
        keys.forEach(key -> bySource.computeIfAbsent(key, k -> new HashMap<>()));
        found.values().forEach(list -> list.forEach(this::know));
    }

    void readLinksOfTargets(Collection<String> targetIds) {
        List<CompareKey> keys = targetIds.stream().map(type::targetKey).toList();
        Map<CompareKey, List<Link>> found = links.ofTargets(keys);
        keys.forEach(key -> byTarget.computeIfAbsent(key, k -> new HashMap<>()));
        found.values().forEach(list -> list.forEach(this::know));
    }

    /** Fetches the targets with these ids, unless they were read before. */
    void readTargets(Collection<String> ids) {
        List<String> missing = ids.stream()
                .filter(id -> targetsRead.add(type.targetKey(id)))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            target.fetch(missing).forEach((id, resource) -> know(resource));
        }
    }

    /** Takes note of a target that was read in another way. */
    void know(Resource resource) {
        CompareKey key = type.targetKey(resource.id());
        targetsRead.add(key);
        targets.put(key, resource);
    }

    private void know(Link link) {
        bySource.computeIfAbsent(link.sourceKey(), k -> new HashMap<>()).putIfAbsent(link.qualifier(), link);
        byTarget.computeIfAbsent(link.targetKey(), k -> new HashMap<>()).putIfAbsent(link.qualifier(), link);
    }

    // What it looks like now

    @Nullable Link linkOfSource(String sourceId, String qualifier) {
        return bySource.getOrDefault(type.sourceKey(sourceId), Map.of()).get(qualifier);
    }

    Collection<Link> linksOfSource(String sourceId) {
        return List.copyOf(
                bySource.getOrDefault(type.sourceKey(sourceId), Map.of()).values());
    }

    @Nullable Link linkOfTarget(String targetId, String qualifier) {
        return byTarget.getOrDefault(type.targetKey(targetId), Map.of()).get(qualifier);
    }

    Collection<Link> linksOfTarget(String targetId) {
        return List.copyOf(
                byTarget.getOrDefault(type.targetKey(targetId), Map.of()).values());
    }

    @Nullable Resource target(String id) {
        CompareKey key = type.targetKey(id);
        return pending.knows(key) ? pending.get(key) : targets.get(key);
    }

    /** What a question's answers are now, given what the store answered for it. */
    List<Resource> answers(Question question, List<Resource> fromStore) {
        if (pending.isEmpty()) {
            return fromStore;
        }
        Map<CompareKey, Resource> answers = new LinkedHashMap<>();
        for (Resource resource : fromStore) {
            if (!pending.knows(type.targetKey(resource.id()))) {
                answers.put(type.targetKey(resource.id()), resource);
            }
        }
        pending.admittedBy(question).forEach(resource -> answers.put(type.targetKey(resource.id()), resource));
        return List.copyOf(answers.values());
    }

    // What is decided

    void createTarget(Resource resource) {
        CompareKey key = type.targetKey(resource.id());
        writes.put(key, new Write.Create(resource.id(), resource.content()));
        pending.put(key, resource);
    }

    /** A target that was created in the store already, because the store gives the ids. */
    void createdTarget(Resource resource) {
        pending.put(type.targetKey(resource.id()), resource);
    }

    void updateTarget(Resource before, Map<String, @Nullable Object> content) {
        CompareKey key = type.targetKey(before.id());
        Resource after = new Resource(before.id(), before.revision(), content);
        if (writes.get(key) instanceof Write.Create create) {
            writes.put(key, new Write.Create(create.id(), content));
        } else {
            writes.put(key, new Write.Update(originals.computeIfAbsent(key, k -> before), content));
        }
        pending.put(key, after);
    }

    void deleteTarget(Resource before) {
        CompareKey key = type.targetKey(before.id());
        writes.put(key, new Write.Delete(before.id(), before.revision()));
        pending.put(key, null);
    }

    void createLink(Link link) {
        created.add(link);
        bySource.computeIfAbsent(link.sourceKey(), k -> new HashMap<>()).put(link.qualifier(), link);
        byTarget.computeIfAbsent(link.targetKey(), k -> new HashMap<>()).put(link.qualifier(), link);
    }

    void repointLink(Link before, Link after) {
        repointed.put(before, after);
        forget(before);
        bySource.computeIfAbsent(after.sourceKey(), k -> new HashMap<>()).put(after.qualifier(), after);
        byTarget.computeIfAbsent(after.targetKey(), k -> new HashMap<>()).put(after.qualifier(), after);
    }

    void removeLink(Link link) {
        removed.add(link);
        forget(link);
    }

    private void forget(Link link) {
        bySource.getOrDefault(link.sourceKey(), new HashMap<>()).remove(link.qualifier());
        byTarget.getOrDefault(link.targetKey(), new HashMap<>()).remove(link.qualifier());
    }

    boolean hasPendingWrites() {
        return !(writes.isEmpty() && created.isEmpty() && removed.isEmpty() && repointed.isEmpty());
    }

    // What is written

    List<Write> writes() {
        return List.copyOf(writes.values());
    }

    List<Link> createdLinks() {
        return created;
    }

    List<Link> removedLinks() {
        return removed;
    }

    Map<Link, Link> repointedLinks() {
        return repointed;
    }
}
