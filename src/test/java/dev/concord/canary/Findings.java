package dev.concord.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks into what came out, and keeps what should not be there. */
final class Findings {

    private final List<String> leaks = new ArrayList<>();
    private final Map<Output, Set<Bird>> seen = new EnumMap<>(Output.class);

    /** @param where the place in the output, for people */
    synchronized void look(Output output, String where, String text) {
        if (text.isBlank()) {
            return;
        }
        Set<Bird> found = seen.computeIfAbsent(output, any -> EnumSet.noneOf(Bird.class));
        for (Bird bird : Bird.values()) {
            bird.in(text).ifPresent(place -> {
                found.add(bird);
                if (!output.allowed().contains(bird)) {
                    leaks.add(output + ", " + where + ": " + bird + " in …" + place + "…");
                }
            });
        }
    }

    /** Each line by itself, so that each leak is told. */
    void lookAtLines(Output output, String where, String text) {
        text.lines().forEach(line -> look(output, where, line));
    }

    void assertNoLeaks() {
        assertThat(leaks.stream().distinct().toList()).as("leaks").isEmpty();
    }

    /** That values did get where they may be: where they never come by, nothing is proved. */
    void assertSeen(Output output, Bird... birds) {
        assertThat(seen).as("what was looked at").containsKey(output);
        assertThat(seen.get(output)).as("what was in %s", output).containsAll(Set.of(birds));
    }
}
