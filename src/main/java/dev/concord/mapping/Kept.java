package dev.concord.mapping;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made of definitions, kept as long as these are what they were. Reading the files again costs much
 * less than making sense of them, so that who changes a file need not tell anybody. Safe for use by several threads.
 */
public final class Kept<T> {

    private final Sources sources;
    private final Function<Sources, T> maker;
    private volatile @Nullable Made<T> made;

    private record Made<T>(T value, NotedSources sources) {}

    /** @param maker makes what nobody changes; called by one thread at a time */
    public Kept(Sources sources, Function<Sources, T> maker) {
        this.sources = sources;
        this.maker = maker;
    }

    /** What the definitions make now; the same object as before when they are the same. */
    public T get() {
        Made<T> known = made;
        return known != null && known.sources.hold() ? known.value : make(known);
    }

    private synchronized T make(@Nullable Made<T> outdated) {
        Made<T> known = made;
        if (known != null && known != outdated && known.sources.hold()) {
            return known.value;
        }
        NotedSources noted = new NotedSources(sources);
        T value = maker.apply(noted);
        made = new Made<>(value, noted);
        return value;
    }
}
