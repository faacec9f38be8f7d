package dev.concord.run;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Kept;
import dev.concord.mapping.Sources;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The object sets of the definitions as they are now, kept open between uses and opened anew when a definition changes
 * or a system made trouble. Safe for use by several threads.
 */
public final class OpenObjectSets implements AutoCloseable {

    private final Kept<Definitions> definitions;
    private final ObjectSets.Factory factory;
    private @Nullable Opened current;

    public OpenObjectSets(Home home, ObjectSets.Factory factory) {
        this.definitions = new Kept<>(Sources.of(home.jobs()), DefinitionLoader::load);
        this.factory = factory;
    }

    /** Object sets that are closed when nobody uses them any more and others have taken their place. */
    private static final class Opened {

        private final Definitions definitions;
        private final ObjectSets sets;
        private int users;
        private boolean replaced;

        Opened(Definitions definitions, ObjectSets sets) {
            this.definitions = definitions;
            this.sets = sets;
        }

        void closeIfUnused() {
            if (replaced && users == 0) {
                sets.close();
            }
        }
    }

    /** Does something with the object sets; they may not be kept. */
    public <T extends @Nullable Object> T use(BiFunction<Definitions, ObjectSets, T> work) {
        Opened opened = begin(definitions.get());
        boolean trouble = false;
        try {
            return work.apply(opened.definitions, opened.sets);
        } catch (SystemUnavailable e) {
            // What it takes to reach the system, such as a password in a file, may be another one the next time.
            trouble = true;
            throw e;
        } finally {
            end(opened, trouble);
        }
    }

    private synchronized Opened begin(Definitions definitions) {
        Opened opened = current;
        if (opened == null || !opened.definitions.texts().equals(definitions.texts())) {
            Opened fresh = new Opened(definitions, factory.of(definitions));
            replaceCurrent(fresh);
            opened = fresh;
        }
        opened.users++;
        return opened;
    }

    private synchronized void end(Opened opened, boolean trouble) {
        opened.users--;
        if (trouble && opened == current) {
            replaceCurrent(null);
        }
        opened.closeIfUnused();
    }

    private void replaceCurrent(@Nullable Opened next) {
        Opened before = current;
        current = next;
        if (before != null) {
            before.replaced = true;
            before.closeIfUnused();
        }
    }

    @Override
    public synchronized void close() {
        replaceCurrent(null);
    }
}
