package dev.concord.script.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** What scripts made themselves, as opposed to parts of records: nobody else has it, and its numbers are doubles. */
final class Made {

    private Made() {}

    static final class Elements extends ArrayList<@Nullable Object> {

        private static final long serialVersionUID = 1L;

        Elements(int capacity) {
            super(capacity);
        }
    }

    static final class Members extends LinkedHashMap<String, @Nullable Object> {

        private static final long serialVersionUID = 1L;
    }
}
