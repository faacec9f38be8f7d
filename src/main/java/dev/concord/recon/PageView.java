package dev.concord.recon;

import dev.concord.correlation.Question;
import dev.concord.ledger.Task;
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
 * Targets and links as a page sees them: as they were read for the page in a few round trips, and over that what the
 * page's ops decided so far. Belongs to one thread and one attempt at a page.
 */
final class PageView {

    /** Links of one object: hardly ever more than one. */
    private static final int FEW = 2;

    private final ObjectSet target;
    private final Links links;
    private final LinkType type;
    private final @Nullable Presumption presumption;

    private final Map<String, Resource> targets = new HashMap<>();
    private final Set<String> targetsRead = new HashSet<>();
    private final Set<String> unreadableTargets = new HashSet<>();
    private final Map<CompareKey, Map<String, Link>> bySource = new HashMap<>();
    private final Map<CompareKey, Map<String, Link>> byTarget = new HashMap<>();
    private final Set<CompareKey> targetLinksRead = new HashSet<>();

    private boolean holdsTargets;

    private final PendingTargets pending = new PendingTargets();
    private final Map<String, Write> writes = new LinkedHashMap<>();
    private final List<Link> created = new ArrayList<>();
    private final List<Link> removed = new ArrayList<>();
    private final Map<Link, Link> repointed = new LinkedHashMap<>();

    PageView(ObjectSet target, Links links) {
        this(target, links, null);
    }

    /** @param presumption what may be known of targets without a look-up; null for nothing */
    PageView(ObjectSet target, Links links, @Nullable Presumption presumption) {
        this.presumption = presumption;
        this.target = target;
        this.links = links;
        this.type = links.type();
    }

    // What is read

    void readLinksOfSources(Collection<String> sourceIds) {
        List<CompareKey> keys = sourceIds.stream().map(type::sourceKey).toList();
        Map<CompareKey, List<Link>> found = TaskClock.time(Task.LINK_LOOKUP, () -> links.ofSources(keys));
        keys.forEach(key -> bySource.computeIfAbsent(key, k -> new HashMap<>(FEW)));
        found.values().forEach(list -> list.forEach(this::know));
    }

    /** Reads the links of these targets, unless they were read before. */
    void readLinksOfTargets(Collection<String> targetIds) {
        List<CompareKey> keys = targetIds.stream()
                .map(type::targetKey)
                .filter(targetLinksRead::add)
                .toList();
        Map<CompareKey, List<Link>> found = TaskClock.time(Task.LINK_LOOKUP, () -> links.ofTargets(keys));
        keys.forEach(key -> byTarget.computeIfAbsent(key, k -> new HashMap<>(FEW)));
        found.values().forEach(list -> list.forEach(this::know));
    }

    /** Fetches the targets with these ids, unless they were read before. Existence is by the id as a link spells it. */
    void readTargets(Collection<String> ids) {
        List<String> missing = ids.stream().distinct().filter(targetsRead::add).toList();
        Fetched fetched = TaskClock.time(Task.TARGET_LOOKUP, () -> Fetched.of(target, missing));
        targets.putAll(fetched.found());
        unreadableTargets.addAll(fetched.unreadable());
    }

    /** Shows a target as it was once, or, when {@code before} is null, as not there. */
    void pretend(String id, @Nullable Resource before) {
        pending.put(id, before);
    }

    /** Takes note that there are targets, even if there were none when the run began. */
    void noteTargets() {
        holdsTargets = true;
    }

    boolean holdsTargets() {
        return holdsTargets;
    }

    @Nullable
    Presumption presumption() {
        return presumption;
    }

    /** Reads targets that were only presumed. */
    void readPresumed(Collection<String> ids) {
        ids.forEach(targets::remove);
        targetsRead.removeAll(ids);
        readTargets(ids);
    }

    /** Takes note of a target that was read in another way. */
    void know(Resource resource) {
        targetsRead.add(resource.id());
        targets.put(resource.id(), resource);
    }

    private void know(Link link) {
        if (removed.contains(link) || repointed.containsKey(link)) {
            return;
        }
        bySource.computeIfAbsent(link.sourceKey(), k -> new HashMap<>(FEW)).putIfAbsent(link.qualifier(), link);
        byTarget.computeIfAbsent(link.targetKey(), k -> new HashMap<>(FEW)).putIfAbsent(link.qualifier(), link);
    }

    // What it looks like now

    @Nullable
    Link linkOfSource(String sourceId, String qualifier) {
        return bySource.getOrDefault(type.sourceKey(sourceId), Map.of()).get(qualifier);
    }

    Collection<Link> linksOfSource(String sourceId) {
        return List.copyOf(
                bySource.getOrDefault(type.sourceKey(sourceId), Map.of()).values());
    }

    /** Whether a link is one to this target. */
    boolean leadsTo(Link link, String targetId) {
        return link.targetKey().equals(type.targetKey(targetId));
    }

    @Nullable
    Link linkOfTarget(String targetId, String qualifier) {
        return byTarget.getOrDefault(type.targetKey(targetId), Map.of()).get(qualifier);
    }

    Collection<Link> linksOfTarget(String targetId) {
        return List.copyOf(
                byTarget.getOrDefault(type.targetKey(targetId), Map.of()).values());
    }

    /** The target with an id, or null when there is none. */
    @Nullable
    Resource target(String id) {
        return pending.knows(id) ? pending.get(id) : targets.get(id);
    }

    /** Whether a target exists whose attributes cannot be read. */
    boolean isUnreadable(String id) {
        return unreadableTargets.contains(id);
    }

    /** What a question's answers are now, given what the store answered for it. */
    List<Resource> answers(Question question, List<Resource> fromStore) {
        if (pending.isEmpty()) {
            return fromStore;
        }
        List<Resource> answers = new ArrayList<>();
        for (Resource resource : fromStore) {
            if (!pending.knows(resource.id())) {
                answers.add(resource);
            }
        }
        List<Resource> admitted = pending.admittedBy(question);
        // Nobody asked for the links of what only became an answer in this page.
        readLinksOfTargets(admitted.stream().map(Resource::id).toList());
        answers.addAll(admitted);
        return answers;
    }

    // What is decided

    void createTarget(Resource resource) {
        write(resource.id(), new Write.Create(resource.id(), resource.content()));
        pending.put(resource.id(), resource);
    }

    void updateTarget(Resource before, Map<String, @Nullable Object> content) {
        write(before.id(), new Write.Update(before, content));
        pending.put(before.id(), new Resource(before.id(), before.revision(), content));
    }

    void deleteTarget(Resource before) {
        write(before.id(), new Write.Delete(before.id(), before.revision()));
        pending.put(before.id(), null);
    }

    /** One write for a target: taken together, two could pass where the store would refuse the first of them. */
    private void write(String id, Write write) {
        if (writes.put(id, write) != null) {
            throw new PageRepeat("Two records of the page write the same target.");
        }
    }

    void createLink(Link link) {
        created.add(link);
        bySource.computeIfAbsent(link.sourceKey(), k -> new HashMap<>()).put(link.qualifier(), link);
        byTarget.computeIfAbsent(link.targetKey(), k -> new HashMap<>()).put(link.qualifier(), link);
    }

    void repointLink(Link before, Link after) {
        int made = created.indexOf(before);
        if (made >= 0) {
            created.set(made, after);
        } else {
            repointed.put(asRead(before), after);
        }
        forget(before);
        bySource.computeIfAbsent(after.sourceKey(), k -> new HashMap<>()).put(after.qualifier(), after);
        byTarget.computeIfAbsent(after.targetKey(), k -> new HashMap<>()).put(after.qualifier(), after);
    }

    /** What a link was when it was read, before this page changed it. */
    private Link asRead(Link link) {
        return repointed.entrySet().stream()
                .filter(change -> change.getValue().equals(link))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(link);
    }

    void removeLink(Link link) {
        if (!created.remove(link)) {
            removed.add(link);
        }
        forget(link);
    }

    private void forget(Link link) {
        bySource.getOrDefault(link.sourceKey(), new HashMap<>()).remove(link.qualifier());
        byTarget.getOrDefault(link.targetKey(), new HashMap<>()).remove(link.qualifier());
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
