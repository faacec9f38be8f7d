package dev.concord.mapping;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Other sources, and notes of all that they were asked and gave as an answer. */
final class NotedSources extends Sources {

    private final Sources sources;
    private final Map<String, Content> read = new ConcurrentHashMap<>();
    private final Map<Property, Optional<String>> properties = new ConcurrentHashMap<>();
    private final Map<String, Boolean> missing = new ConcurrentHashMap<>();
    private volatile @Nullable Listing listing;

    private record Property(String file, String name) {}

    NotedSources(Sources sources) {
        this.sources = sources;
    }

    /** Whether the sources would give the same answers now. */
    boolean hold() {
        return Objects.equals(listing, listing == null ? null : sources.list())
                && read.entrySet().stream()
                        .allMatch(each -> sources.read(each.getKey()).equals(each.getValue()))
                && properties.entrySet().stream()
                        .allMatch(each -> property(each.getKey()).equals(each.getValue()))
                && missing.entrySet().stream().allMatch(each -> sources.isMissing(each.getKey()) == each.getValue());
    }

    private Optional<String> property(Property property) {
        return Optional.ofNullable(sources.property(property.file, property.name));
    }

    @Override
    Listing list() {
        Listing now = sources.list();
        listing = now;
        return now;
    }

    @Override
    Content read(String path) {
        return read.computeIfAbsent(path, sources::read);
    }

    @Override
    @Nullable
    String property(String file, String name) {
        return properties
                .computeIfAbsent(new Property(file, name), this::property)
                .orElse(null);
    }

    @Override
    boolean isMissing(String path) {
        return missing.computeIfAbsent(path, sources::isMissing);
    }
}
