package dev.concord.model;

import dev.concord.model.World.Flags;
import dev.concord.model.World.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a run changes: the targets and the links. */
final class State {

    private final Flags flags;
    private final Map<String, Map<String, String>> targets;
    private final List<Link> links;

    State(Flags flags, Map<String, Map<String, String>> targets, List<Link> links) {
        this.flags = flags;
        this.targets = new TreeMap<>(targets);
        this.links = new ArrayList<>(links);
    }

    State copy() {
        return new State(flags, targets, links);
    }

    Map<String, Map<String, String>> targets() {
        return targets;
    }

    List<Link> links() {
        return links;
    }

    // Targets: found by the exact spelling of the id.

    @Nullable
    Map<String, String> target(String id) {
        return targets.get(id);
    }

    boolean hasTarget(@Nullable String id) {
        return id != null && targets.containsKey(id);
    }

    void putTarget(String id, Map<String, String> attributes) {
        targets.put(id, Map.copyOf(attributes));
    }

    void removeTarget(String id) {
        targets.remove(id);
    }

    boolean isTaken(@Nullable String attribute, Map<String, String> wanted, @Nullable String exceptId) {
        String value = attribute == null ? null : wanted.get(attribute);
        return value != null
                && targets.entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(exceptId)
                                && value.equals(other.getValue().get(attribute)));
    }

    // Links: found by the key of the id; without linking there are none.

    @Nullable
    Link linkOfSource(String qualifier, String id) {
        return ours().stream()
                .filter(l ->
                        l.qualifier().equals(qualifier) && sourceKey(l.source()).equals(sourceKey(id)))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    Link linkOfTarget(String qualifier, String id) {
        return linksOfTarget(id).stream()
                .filter(l -> l.qualifier().equals(qualifier))
                .findFirst()
                .orElse(null);
    }

    /** Under every qualifier, also those the mapping does not have any more. */
    List<Link> linksOfSource(String id) {
        return ours().stream()
                .filter(l -> sourceKey(l.source()).equals(sourceKey(id)))
                .toList();
    }

    List<Link> linksOfTarget(String id) {
        return ours().stream()
                .filter(l -> targetKey(l.target()).equals(targetKey(id)))
                .toList();
    }

    List<Link> ours() {
        return flags.enableLinking()
                ? links.stream().filter(l -> l.type().equals(World.LINK_TYPE)).toList()
                : List.of();
    }

    void addLink(Link link) {
        links.add(link);
    }

    void removeLink(Link link) {
        links.remove(link);
    }

    private String sourceKey(String id) {
        return key(id, flags.sourceIdsCaseSensitive());
    }

    String targetKey(String id) {
        return key(id, flags.targetIdsCaseSensitive());
    }

    private static String key(String id, boolean caseSensitive) {
        return caseSensitive ? id : id.toLowerCase(Locale.ROOT);
    }

    /**
     * The qualifiers of a mapping together with those that only old links have: the mapping's own first, then the
     * others by name.
     */
    static List<String> withThoseOf(List<Link> links, List<String> all) {
        List<String> qualifiers = new ArrayList<>(all);
        for (Link link : links) {
            if (!qualifiers.contains(link.qualifier())) {
                qualifiers.add(link.qualifier());
            }
        }
        List<String> old = new ArrayList<>(new TreeSet<>(qualifiers.subList(all.size(), qualifiers.size())));
        List<String> every = new ArrayList<>(all);
        every.addAll(old);
        return every;
    }
}
